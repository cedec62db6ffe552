import { getEnvironmentData, setEnvironmentData } from "node:worker_threads";

/**
 * A lock for threads in shared memory, as a mutex of C or Rust is: a thread that waits for it stands still, and with it
 * every task that it could run.
 *
 *     cells [0] owner, 0 while free    [1] longest wait (ms)
 *
 * One lock a process: Node hands a thread's environment data to the workers it starts, so the pool's threads find the
 * cells of the thread that started them.
 *
 * @see https://nodejs.org/api/worker_threads.html#workersetenvironmentdatakey-value
 */
export const sharedLock = {
  /** Frees the lock and sets how long a thread waits at most. */
  reset(longestWaitMs: number): void {
    Atomics.store(cells, 0, 0);
    Atomics.store(cells, 1, longestWaitMs);
  },

  /** Takes the lock for `owner` (≥ 1), holding the calling thread until then or until the longest wait is over. */
  take(owner: number): boolean {
    const untilMs = performance.now() + Atomics.load(cells, 1);
    for (;;) {
      const holder = Atomics.compareExchange(cells, 0, 0, owner);
      if (holder === 0) return true;
      const leftMs = untilMs - performance.now();
      if (leftMs <= 0 || Atomics.wait(cells, 0, holder, leftMs) === "timed-out") return false;
    }
  },

  isOwnedBy(owner: number): boolean {
    return Atomics.load(cells, 0) === owner;
  },

  /** Frees the lock and wakes one thread that waits; barging, as futex locks are. */
  free(): void {
    Atomics.store(cells, 0, 0);
    Atomics.notify(cells, 0, 1);
  },
} as const;

const key = "scheduling-safety: cells of the shared lock";
const cells = inherited() ?? created();

function inherited(): Int32Array | undefined {
  const data: unknown = getEnvironmentData(key);
  return data instanceof Int32Array ? data : undefined;
}

function created(): Int32Array {
  const fresh = new Int32Array(new SharedArrayBuffer(8));
  setEnvironmentData(key, fresh);
  return fresh;
}
