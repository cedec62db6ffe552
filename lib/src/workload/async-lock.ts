import type { PollRequest, Task } from "./task.ts";
import type { TaskLock } from "./task-lock.ts";

/** fair: a release hands the lock to the oldest waiter. barging: it wakes that waiter, and whoever tries first has it. */
export type LockPolicy = "fair" | "barging";

interface Waiter {
  readonly wake: () => void;
  /** When the lock became this waiter's own (fair), or when it was last called to try (barging). */
  calledNs: number | null;
}

/** A woken task waits for a worker and goes on. */
const goOn: PollRequest = { work: "nothing", argument: 0, times: 1 };

/**
 * Mutual exclusion between tasks of one thread, held across polls. Who waits holds no worker, but needs one to go on.
 *
 *     holder   ──hold──┤release
 *     fair              └its own ── waits for a worker ──┤poll├──hold──   idle meanwhile: nobody else may have it
 *     barging           └called  ── waits for a worker ──┤poll├ tries     a task that runs meanwhile takes it first
 *
 * Tasks that are pinned to several threads cannot share it.
 *
 * @see https://docs.rs/tokio/latest/tokio/sync/struct.Mutex.html a fair lock of this kind
 */
export class AsyncLock implements TaskLock {
  readonly #policy: LockPolicy;
  readonly #waiters: Waiter[] = [];
  #held = false;

  constructor(policy: LockPolicy) {
    this.#policy = policy;
  }

  /**
   * Resolves with null if the signal aborted first. Giving up takes a worker too: a lock that was handed over before
   * the task has run is the task's own all the same, and the task must release it.
   */
  async acquire(task: Task, signal?: AbortSignal): Promise<number | null> {
    if (this.#take()) return task.now();
    for (let tries = 0; ; tries++) {
      const { calledNs } = await this.#wait(task, tries > 0, signal);
      if (this.#policy === "fair") return calledNs;
      if (signal?.aborted === true) {
        // This task was called and does not want the lock any more: the call goes to the next.
        if (calledNs !== null && !this.#held) this.#callNext(task);
        return null;
      }
      if (this.#take()) return calledNs;
    }
  }

  release(task: Task): void {
    if (!this.#held) throw new Error("lock must be held to be released; it is free");
    this.#held = this.#policy === "fair" && this.#waiters.length > 0;
    this.#callNext(task);
  }

  #take(): boolean {
    if (this.#held) return false;
    this.#held = true;
    return true;
  }

  /** Waits to be called, or for the signal, and then for a worker. Whoever was overtaken keeps the first place. */
  async #wait(task: Task, overtaken: boolean, signal?: AbortSignal): Promise<Waiter> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const waiter: Waiter = { wake: resolve, calledNs: null };
    if (overtaken) this.#waiters.unshift(waiter);
    else this.#waiters.push(waiter);
    if (signal?.aborted === true) resolve();
    signal?.addEventListener("abort", waiter.wake, { once: true });
    await promise;
    signal?.removeEventListener("abort", waiter.wake);
    await task.poll(goOn);
    if (waiter.calledNs === null) this.#waiters.splice(this.#waiters.indexOf(waiter), 1);
    return waiter;
  }

  #callNext(task: Task): void {
    const next = this.#waiters.shift();
    if (next === undefined) return;
    next.calledNs = task.now();
    next.wake();
  }
}
