import { readText } from "./read-text.ts";

/** What the kernel's scheduler did to the calling thread so far. */
export interface ThreadWait {
  /** Time it was ready and had no core (ns). */
  readonly waitedNs: number;
  /** How often a core was taken from it. */
  readonly preemptions: number;
}

/**
 * Reads what the kernel accounts for the calling thread; null where it does not tell.
 * @see https://docs.kernel.org/scheduler/sched-stats.html /proc/<pid>/schedstat
 */
export function readThreadWait(): ThreadWait | null {
  const waitedNs = readText("/proc/thread-self/schedstat")?.split(" ")[1];
  const preemptions = readText("/proc/thread-self/status")?.match(
    /^nonvoluntary_ctxt_switches:\s+(\d+)/m,
  )?.[1];
  return waitedNs === undefined || preemptions === undefined
    ? null
    : { waitedNs: Number(waitedNs), preemptions: Number(preemptions) };
}
