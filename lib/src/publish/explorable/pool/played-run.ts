import { type Discipline, type Scheduler, Simulation, type Workload } from "../../../model/simulation.ts";

/** Every poll of a run, in the order in which they started; times in ms. Plain arrays of numbers, so that threads can pass it. */
export interface PlayedRun {
  /** Queue from which each worker takes its polls: one for all, or one for each worker or pool. */
  readonly queues: readonly number[];
  /** Tasks below this number are probes, the others blockers. */
  readonly probes: number;
  readonly blockers: number;
  /** The probes' last poll has ended. */
  readonly endMs: number;
  readonly task: Int32Array;
  readonly worker: Int32Array;
  readonly dueMs: Float64Array;
  readonly startedMs: Float64Array;
  readonly endedMs: Float64Array;
}

/** Plays a workload on the simulator and keeps what each poll did. */
export function playRun(
  workload: Workload,
  discipline: Discipline,
  { queues, probes }: Pick<PlayedRun, "queues" | "probes">,
): PlayedRun {
  const watched = new WatchedSimulation(workload, queues.length, discipline);
  watched.run();
  const { polls } = watched;
  const last = polls.reduce(
    (latest, poll) => (poll.task < probes ? Math.max(latest, poll.endedMs) : latest),
    0,
  );
  return {
    queues,
    probes,
    blockers: workload.tasks - probes,
    endMs: last,
    task: Int32Array.from(polls, ({ task }) => task),
    worker: Int32Array.from(polls, ({ worker }) => worker),
    dueMs: Float64Array.from(polls, ({ dueMs }) => dueMs),
    startedMs: Float64Array.from(polls, ({ startedMs }) => startedMs),
    endedMs: Float64Array.from(polls, ({ endedMs }) => endedMs),
  };
}

interface Poll {
  readonly task: number;
  readonly worker: number;
  readonly dueMs: number;
  readonly startedMs: number;
  readonly endedMs: number;
}

/** The simulator as it is, with a note of when each poll was due, where it started and when it ended. */
class WatchedSimulation extends Simulation {
  readonly polls: Poll[] = [];
  readonly #dueMs: Float64Array;

  constructor(workload: Workload, workers: number, discipline: Discipline) {
    const dueMs = new Float64Array(workload.tasks);
    super(workload, workers, (simulation) => watched(discipline(simulation), simulation, dueMs));
    this.#dueMs = dueMs;
  }

  override start(worker: number, task: number): void {
    const dueMs = this.#dueMs[task] as number;
    const endedMs = this.nowMs + (this.holdMs[task] as number);
    this.polls.push({ task, worker, dueMs, startedMs: this.nowMs, endedMs });
    super.start(worker, task);
  }
}

function watched(scheduler: Scheduler, simulation: Simulation, dueMs: Float64Array): Scheduler {
  return {
    wake(task) {
      dueMs[task] = simulation.nowMs;
      scheduler.wake(task);
    },
    submit(task) {
      dueMs[task] = simulation.nowMs;
      scheduler.submit(task);
    },
    release(worker) {
      scheduler.release(worker);
    },
  };
}
