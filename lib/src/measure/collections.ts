import {
  constants,
  type PerformanceEntry,
  type PerformanceNodeEntry,
  PerformanceObserver,
} from "node:perf_hooks";
import { setImmediate as nextTurn } from "node:timers/promises";

/** Garbage collections of one thread, or of several (ns). */
export interface Collections {
  readonly count: number;
  readonly totalNs: number;
  readonly longestNs: number;
  /** Time in collections of more than the young generation. */
  readonly majorNs: number;
}

/**
 * Observes this thread's garbage collections from now on; the returned function ends that and sums them up.
 *
 * The runtime tells of a collection in a later turn of the thread's event loop, so a thread that has not turned its loop
 * has to do so first.
 */
export function observeCollections(): () => Promise<Collections> {
  const found: PerformanceEntry[] = [];
  const observer = new PerformanceObserver((list) => found.push(...list.getEntries()));
  observer.observe({ type: "gc" });
  return async () => {
    await nextTurn();
    await nextTurn();
    found.push(...observer.takeRecords());
    observer.disconnect();
    const sumNs = (entries: readonly PerformanceEntry[]) =>
      Math.round(entries.reduce((sum, { duration }) => sum + duration * 1e6, 0));
    return {
      count: found.length,
      totalNs: sumNs(found),
      longestNs: Math.round(Math.max(0, ...found.map(({ duration }) => duration * 1e6))),
      majorNs: sumNs(found.filter((entry) => !isMinor(entry))),
    };
  };
}

function isMinor(entry: PerformanceEntry): boolean {
  const { detail } = entry as PerformanceNodeEntry;
  return (detail as { kind: number }).kind === constants.NODE_PERFORMANCE_GC_MINOR;
}
