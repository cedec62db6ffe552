import { once } from "node:events";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { cgroupQuotaCpus } from "./cgroup-quota.ts";
import { entryBeside } from "./entry-beside.ts";

/** What the canary's thread is told. */
export interface CanaryJob {
  /** One cell, 0 until the canary is to stop. */
  readonly stop: Int32Array;
  readonly periodMs: number;
}

/** One waking: how late it was, and the CPU time of the whole process since the waking before. */
export interface Wake {
  readonly lateMs: number;
  readonly ownCpuMs: number;
}

/** What an idle thread saw of the host. */
export interface CanaryReading {
  /** How late it woke, 99th percentile and most (ms); null where it never woke. */
  readonly lateP99Ms: number | null;
  readonly lateMaxMs: number | null;
  /** The longest stall: what of a lateness the run's own threads and processes do not explain (ms). */
  readonly stallLongestMs: number;
  /** Time lost in all stalls (ms). */
  readonly stalledMs: number;
}

const periodMs = 10;

/**
 * What stays unexplained of a lateness is a stall from here on (ms). The kernel may account a running thread's CPU time as
 * seldom as once a tick, and no kernel's tick is longer; timers and a sleeping core's waking take a fraction of it.
 */
export const leastStallMs = 10;

/**
 * Starts an idle thread that sleeps 10 ms over and over; resolves when it sleeps for the first time. The returned function
 * ends it and tells how late it woke, given the CPU time of the run's other processes (ms).
 *
 * It knows nothing of any executor: it shares no memory with one, allocates next to nothing, and its isolate collects for
 * itself. A core that it has to wait for is one that somebody else has; how much of that the run accounts for
 * itself is told apart by {@link summariseWakes}.
 */
export async function startCanary(): Promise<(childrenCpuMs: number) => Promise<CanaryReading>> {
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const cores = Math.min(availableParallelism(), cgroupQuotaCpus() ?? Number.POSITIVE_INFINITY);
  const worker = new Worker(entryBeside(import.meta.url, "canary-worker"), {
    workerData: { stop, periodMs } satisfies CanaryJob,
  });
  await once(worker, "message");
  return async (childrenCpuMs) => {
    const told = once(worker, "message");
    Atomics.store(stop, 0, 1);
    Atomics.notify(stop, 0);
    const [wakes] = (await told) as [Wake[]];
    return summariseWakes(wakes, cores, childrenCpuMs);
  };
}

/**
 * Sums wakings up.
 *
 * While the canary was ready to run, every core that it could have had was busy: with the process's own threads, or with
 * something else. Own threads that computed for `c` ms since the waking before can have kept all `n` cores from it for
 * `c / n` ms at most; what remains of a lateness is the host's: other machines, other programs, a quota, a stop. So tasks
 * that compute on every core delay the canary by design, and stall nothing.
 *
 * @param childrenCpuMs CPU time of the run's other processes, which may all have been spent within any one lateness
 */
export function summariseWakes(wakes: readonly Wake[], cores: number, childrenCpuMs = 0): CanaryReading {
  const late = wakes.map(({ lateMs }) => lateMs).sort((a, b) => a - b);
  const stalls = wakes
    .map(({ lateMs, ownCpuMs }) => lateMs - ownCpuMs / cores)
    .filter((unexplainedMs) => unexplainedMs >= leastStallMs);
  const explainedMs = childrenCpuMs / cores;
  return {
    lateP99Ms: late[Math.ceil(0.99 * late.length) - 1] ?? null,
    lateMaxMs: late.at(-1) ?? null,
    stallLongestMs: Math.max(0, Math.max(0, ...stalls) - explainedMs),
    stalledMs: Math.max(0, stalls.reduce((sum, stallMs) => sum + stallMs, 0) - explainedMs),
  };
}
