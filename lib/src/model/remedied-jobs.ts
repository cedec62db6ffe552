import { pollMs } from "./blocker-sweep.ts";
import { separatePools } from "./separate-pools.ts";
import { sharedQueue } from "./shared-queue.ts";
import type { Discipline, Simulation, Workload } from "./simulation.ts";

/** What is done about jobs that block, as far as a queue knows of it. */
export type ModelledRemedy = "as-is" | "chunked" | "admission" | "isolated" | "async";

/** The tasks of the remedies experiment, as a model sees them: patient callers of jobs that sleep, beside empty polls. */
export interface RemediedJobs {
  readonly remedy: ModelledRemedy;
  /** Each sends its next job when the last has ended, until the window is over. */
  readonly callers: number;
  readonly blockMs: number;
  /** Into how many a job is cut that is cut. */
  readonly pieces: number;
  readonly windowMs: number;
  /** Empty polls at random moments of the window. */
  readonly probes: number;
  readonly random: () => number;
}

/** The measured parameters: six callers of 50 ms, which are cut in ten, and 250 probes within half a second. */
export const measuredRemedies = {
  callers: 6,
  blockMs: 50,
  pieces: 10,
  windowMs: 500,
  probes: 250,
} as const satisfies Partial<RemediedJobs>;

/** Workers of the pool that everybody shares, and of the second one where jobs have a pool of their own. */
export const remedyWorkers = 2;

/** Jobs of a few callers under one remedy, and the probes that wait for the same workers. Tasks are probes, then callers. */
export class RemediedJobsWorkload implements Workload {
  readonly tasks: number;
  /** When each job ended, in that order (ms). */
  readonly jobsEndedMs: number[] = [];
  readonly #design: RemediedJobs;
  readonly #dueMs: Float64Array;
  readonly #delaysMs: Float64Array;
  readonly #piecesLeft: Int32Array;
  /** Callers that are not admitted yet, the first to come in front. */
  readonly #refused: number[] = [];
  #admitted = 0;
  #simulation: Simulation | undefined;

  constructor(design: RemediedJobs) {
    const { probes, callers } = design;
    this.#design = design;
    this.tasks = probes + callers;
    this.#dueMs = new Float64Array(probes);
    this.#delaysMs = new Float64Array(probes);
    this.#piecesLeft = new Int32Array(callers);
  }

  /** How long each probe waited for a worker (ms). */
  get delaysMs(): Float64Array {
    return this.#delaysMs;
  }

  place(task: number): number {
    return task;
  }

  begin(simulation: Simulation): void {
    this.#simulation = simulation;
    const { probes, callers, windowMs, random } = this.#design;
    for (let probe = 0; probe < probes; probe++) {
      const dueMs = random() * windowMs;
      this.#dueMs[probe] = dueMs;
      simulation.holdMs[probe] = pollMs;
      simulation.sleepUntil(probe, dueMs);
    }
    for (let caller = 0; caller < callers; caller++) this.#send(caller);
  }

  ended(task: number): void {
    const simulation = this.#simulation as Simulation;
    const { probes } = this.#design;
    if (task < probes) {
      this.#delaysMs[task] = (simulation.startedMs[task] as number) - (this.#dueMs[task] as number);
      return;
    }
    const caller = task - probes;
    const left = (this.#piecesLeft[caller] as number) - 1;
    this.#piecesLeft[caller] = left;
    if (left > 0) simulation.submit(task);
    else this.#jobEnded(caller);
  }

  #jobEnded(caller: number): void {
    const { remedy, windowMs } = this.#design;
    const { nowMs } = this.#simulation as Simulation;
    this.jobsEndedMs.push(nowMs);
    if (remedy === "admission") {
      this.#admitted--;
      const next = this.#refused.shift();
      if (next !== undefined) this.#admit(next);
    }
    if (nowMs < windowMs) this.#send(caller);
  }

  #send(caller: number): void {
    if (this.#design.remedy === "admission" && this.#admitted >= remedyWorkers - 1)
      this.#refused.push(caller);
    else this.#admit(caller);
  }

  /** An asynchronous job is a timer, after which its task has nothing more to do than any other poll. */
  #admit(caller: number): void {
    const simulation = this.#simulation as Simulation;
    const { remedy, blockMs, pieces, probes } = this.#design;
    const task = probes + caller;
    const cut = remedy === "chunked" ? pieces : 1;
    this.#admitted++;
    this.#piecesLeft[caller] = cut;
    simulation.holdMs[task] = remedy === "async" ? 0 : blockMs / cut;
    if (remedy === "async") simulation.sleepUntil(task, simulation.nowMs + blockMs);
    else simulation.submit(task);
  }
}

/** Pools of a remedy: the pool of each worker. */
export function poolsOfRemedy(remedy: ModelledRemedy): readonly number[] {
  const shared = Array.from({ length: remedyWorkers }, () => 0);
  return remedy === "isolated" ? [...shared, ...shared.map(() => 1)] : shared;
}

/** Who serves whom under a remedy. */
export function disciplineOfRemedy({ remedy, probes }: Pick<RemediedJobs, "remedy" | "probes">): Discipline {
  if (remedy !== "isolated") return sharedQueue;
  return separatePools(poolsOfRemedy(remedy), (task) => (task < probes ? 0 : 1));
}
