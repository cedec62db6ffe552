import type { PollMessage, PollStamps } from "../../../executor/piscina-worker.ts";

/** A pool of another library, started and of a fixed size. */
export interface StartedPool {
  /** Runs one poll the way the library's users run a task. */
  run(message: PollMessage, task: number): Promise<PollStamps>;
  /** Waits for what is under way and ends the workers. */
  close(): Promise<void>;
}

/** Starts a pool of so many workers; `tasks` is how many tasks will use it. */
export type StartPool = (workers: number, tasks: number) => StartedPool | Promise<StartedPool>;
