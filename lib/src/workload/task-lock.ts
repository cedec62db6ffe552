import type { Task } from "./task.ts";

/** A lock that a task takes in one poll and may give back in a later one. */
export interface TaskLock {
  /**
   * Takes the lock, at once or after a wait; resolves with the time (ns) from which it was there for this task, or with
   * null if the task gave up.
   */
  acquire(task: Task, signal?: AbortSignal): Promise<number | null>;
  /** Gives the lock back; only its holder may. */
  release(task: Task): void;
}
