import type { TaskSpec } from "../workload/programs.ts";
import type { PollColumns } from "./poll-log.ts";
import type { Readings } from "./readings.ts";

/** What a run leaves behind: every poll of every task, and the rows that tasks emitted. */
export interface Records {
  readonly polls: PollColumns;
  readonly events: readonly (readonly number[])[];
  /** Present where they were asked for. */
  readonly readings?: Readings;
}

export interface ExecutorOptions {
  /** Whether to read Node's and Piscina's own instruments beside the run. */
  readonly watch?: boolean;
  /** Off: workers stamp no poll and none is kept, so that what recording costs can be told (default true). */
  readonly recording?: boolean;
  /**
   * How an idle worker of Piscina waits for its next task, where tasks are messages: `sync`, Piscina's default, parks the
   * thread; `async` leaves it to its event loop. Other executors have no such choice.
   */
  readonly atomics?: "sync" | "async";
}

/**
 * Runs tasks on a pool of its own: starts the workers, starts all tasks at one moment (the run's origin),
 * resolves when the last task has ended, and stops the workers. Task numbers in the records are positions in
 * `specs`. Rejects with the first error of a task, of its work or of a worker.
 */
export type Executor = (
  specs: readonly TaskSpec[],
  workers: number,
  options?: ExecutorOptions,
) => Promise<Records>;
