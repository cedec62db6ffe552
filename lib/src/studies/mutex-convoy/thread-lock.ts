import { sharedLock } from "../../workload/shared-lock.ts";
import type { Task } from "../../workload/task.ts";
import type { TaskLock } from "../../workload/task-lock.ts";

/**
 * The lock in shared memory, used by tasks: a poll takes it, and while that poll waits, its worker waits with it. Held
 * across a yield, its holder may find every worker held by those who wait for it.
 *
 *     worker 0   take│yield …                            the holder's next poll lies in the queue
 *     worker 1        take│▒▒▒▒ waits for the holder ▒▒▒▒
 *     worker 2        take│▒▒▒▒ waits for the holder ▒▒▒▒   until the longest wait is over
 */
export class ThreadLock implements TaskLock {
  #tickets = 0;
  #owner = 0;

  constructor(longestWaitMs: number) {
    sharedLock.reset(longestWaitMs);
  }

  async acquire(task: Task): Promise<number | null> {
    const ticket = ++this.#tickets;
    await task.poll({ work: "takeSharedLock", argument: ticket, times: 1 });
    if (!sharedLock.isOwnedBy(ticket)) return null;
    this.#owner = ticket;
    return task.last.endedNs;
  }

  release(): void {
    if (this.#owner === 0) throw new Error("lock must be held to be released; it is free");
    this.#owner = 0;
    sharedLock.free();
  }
}
