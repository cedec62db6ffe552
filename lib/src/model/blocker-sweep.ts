import type { Simulation, Workload } from "./simulation.ts";

/** The tasks of the scheduling-delay experiment, as a model sees them. */
export interface BlockerSweep {
  readonly probes: number;
  readonly sleeps: number;
  readonly sleepMs: number;
  readonly blockers: number;
  readonly blockMs: number;
  /** Blocks of each blocker; endless ones stop when the probes are done. */
  readonly blocks: number;
  /** Blockers start at random within this time. */
  readonly startWithinMs: number;
  /** A blocker that does not yield between two blocks but sleeps; null: it yields. */
  readonly rearmMs: number | null;
  readonly load: "closed-loop" | "open-loop";
  readonly phase: "spread" | "aligned";
  /** Timers fire on multiples of this; 0: whenever they are due. */
  readonly timerTickMs: number;
  /** Draws how late a timer fires of itself, without any blocker. */
  readonly lagMs: () => number;
  readonly random: () => number;
  /** Wake-ups due earlier are not counted. */
  readonly countFromMs: number;
}

/** The published parameters: 50 probes that sleep 10 × 10 ms, blockers that hold a worker 5 × 50 ms from the start. */
export const publishedSweep = {
  probes: 50,
  sleeps: 10,
  sleepMs: 10,
  blockMs: 50,
  blocks: 5,
  startWithinMs: 0,
  rearmMs: null,
  load: "closed-loop",
  phase: "spread",
  timerTickMs: 0,
  countFromMs: 0,
} as const satisfies Partial<BlockerSweep>;

/** How long an empty poll holds its worker. */
export const pollMs = 0.003;

/** Probes that sleep and blockers that block; gathers how late each wake-up started. */
export class BlockerSweepWorkload implements Workload {
  readonly tasks: number;
  readonly #sweep: BlockerSweep;
  readonly #probeTasks: number;
  readonly #dueMs: Float64Array;
  readonly #round: Int32Array;
  readonly #blocksLeft: Float64Array;
  readonly #overheadsMs: Float64Array;
  #simulation: Simulation | undefined;
  #counted = 0;
  #probesLeft: number;

  constructor(sweep: BlockerSweep) {
    const { probes, sleeps, blockers, blocks, load } = sweep;
    this.#sweep = sweep;
    this.#probeTasks = load === "open-loop" ? probes * sleeps : probes;
    this.#probesLeft = this.#probeTasks;
    this.tasks = this.#probeTasks + blockers;
    this.#dueMs = new Float64Array(this.#probeTasks);
    this.#round = new Int32Array(this.#probeTasks);
    this.#blocksLeft = new Float64Array(blockers).fill(blocks);
    this.#overheadsMs = new Float64Array(probes * sleeps);
  }

  /** Overheads of the probes (ms), in the order in which they ended. */
  get overheadsMs(): Float64Array {
    return this.#overheadsMs.subarray(0, this.#counted);
  }

  place(task: number): number {
    return task < this.#probeTasks ? task : task - this.#probeTasks;
  }

  begin(simulation: Simulation): void {
    this.#simulation = simulation;
    const { sleeps, sleepMs, load, phase, blockers, blockMs, startWithinMs, random } = this.#sweep;
    const tasksPerProbe = load === "open-loop" ? sleeps : 1;
    let phaseMs = 0;
    for (let task = 0; task < this.#probeTasks; task++) {
      simulation.holdMs[task] = pollMs;
      const round = task % tasksPerProbe;
      if (round === 0) phaseMs = phase === "spread" ? random() * sleepMs : 0;
      if (load === "open-loop") this.#sleepUntil(task, phaseMs + (round + 1) * sleepMs);
      else if (phase === "spread") this.#findPhase(task, phaseMs);
      else this.#sleepUntil(task, sleepMs);
    }
    for (let blocker = 0; blocker < blockers; blocker++) {
      const task = this.#probeTasks + blocker;
      simulation.holdMs[task] = blockMs;
      if (startWithinMs > 0) simulation.sleepUntil(task, random() * startWithinMs);
      else simulation.submit(task);
    }
  }

  ended(task: number): void {
    if (task < this.#probeTasks) this.#probeEnded(task);
    else this.#blockEnded(task);
  }

  /** The first sleep only puts the probe out of step with the others and is not counted. */
  #findPhase(task: number, phaseMs: number): void {
    this.#round[task] = -1;
    this.#sleepUntil(task, phaseMs);
  }

  #probeEnded(task: number): void {
    const simulation = this.#simulation as Simulation;
    const { sleeps, sleepMs, load, countFromMs } = this.#sweep;
    const round = this.#round[task] as number;
    const dueMs = this.#dueMs[task] as number;
    if (round >= 0 && dueMs >= countFromMs) {
      this.#overheadsMs[this.#counted++] = (simulation.startedMs[task] as number) - dueMs;
    }
    this.#round[task] = round + 1;
    if (load === "closed-loop" && round + 1 < sleeps) this.#sleepUntil(task, simulation.nowMs + sleepMs);
    else this.#probesLeft--;
  }

  #blockEnded(task: number): void {
    const simulation = this.#simulation as Simulation;
    const { rearmMs, blocks } = this.#sweep;
    const blocker = task - this.#probeTasks;
    const left = (this.#blocksLeft[blocker] as number) - 1;
    this.#blocksLeft[blocker] = left;
    if (left <= 0 || (blocks === Number.POSITIVE_INFINITY && this.#probesLeft === 0)) return;
    if (rearmMs === null) simulation.submit(task);
    else simulation.sleepUntil(task, this.#ticked(simulation.nowMs + rearmMs));
  }

  #sleepUntil(task: number, dueMs: number): void {
    this.#dueMs[task] = dueMs;
    this.#simulation?.sleepUntil(task, this.#ticked(dueMs + this.#sweep.lagMs()));
  }

  #ticked(timeMs: number): number {
    const { timerTickMs } = this.#sweep;
    return timerTickMs === 0 ? timeMs : Math.ceil(timeMs / timerTickMs) * timerTickMs;
  }
}
