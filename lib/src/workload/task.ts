import type { Clock } from "../measure/clock.ts";
import type { WorkName } from "./work.ts";

/** When a poll was due, handed over, started and ended (ns since the run's origin), and on which worker. */
export interface PollTimes {
  dueNs: number;
  /** NaN where nobody stands between the timer and the worker. */
  enqueuedNs: number;
  startedNs: number;
  endedNs: number;
  worker: number;
}

/** A poll to be run: what it does on the worker, and how often it goes back to the tail of the queue. */
export interface PollRequest {
  readonly work: WorkName;
  readonly argument: number;
  /** Number of polls, a yield between each two; `"until-drained"` ends with the last foreground task. */
  readonly times: number | "until-drained";
}

/**
 * What an executor offers to a running task. The task's own code between two polls is its program; every
 * `await` below ends in one poll (or several) on a worker.
 */
export interface Task {
  readonly now: Clock;
  /** Carried into the record of each following poll: the round, or the request. Negative: not a sample. */
  tag: number;
  /** Times of the latest poll; overwritten by the next one. */
  readonly last: PollTimes;
  /** Sleeps, then waits for a worker: one poll, due `ms` after the call. */
  sleep(ms: number): Promise<void>;
  /** Waits until `dueMs` after the run's origin, then for a worker: one poll, however late. */
  sleepUntil(dueMs: number): Promise<void>;
  /** Goes to the tail of the run queue at once. */
  poll(request: PollRequest): Promise<void>;
  /** Whether the last foreground task has ended: then a background task ends too. */
  readonly drained: boolean;
  /** Adds a row of numbers to the run's events. */
  emit(...row: number[]): void;
}

/** The program of a task: plain parameters in, so that it can start on any thread. */
export type TaskProgram<P> = (task: Task, parameters: P) => Promise<void>;
