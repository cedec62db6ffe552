import { allHeld, type Interval } from "../../design/all-held.ts";
import type { PollColumns } from "../../executor/poll-log.ts";

/**
 * Finds the tags (≥ 0) of which some poll waited at a moment when no worker was there for it: polls that hold
 * their worker for at least `blockMs` held all `workers`, or, with `"own"`, the very worker it is bound to.
 *
 * The blocking poll of a request does not count as a wait of its own.
 */
export function blockedWaits(polls: PollColumns, blockMs: number, workers: number | "own"): Set<number> {
  const rows = [...polls.tag.keys()];
  const holds = rows
    .map((row) => ({
      fromNs: polls.startedNs[row] as number,
      toNs: polls.endedNs[row] as number,
      worker: polls.worker[row] as number,
    }))
    .filter(({ fromNs, toNs }) => toNs - fromNs >= blockMs * 1e6);
  const closures =
    workers === "own"
      ? groupBy(holds, ({ worker }) => worker)
      : new Map([[anyWorker, allHeld(holds, workers)]]);

  const starved = new Set<number>();
  for (const row of rows) {
    const tag = polls.tag[row] as number;
    if (tag < 0 || starved.has(tag)) continue;
    const key = workers === "own" ? (polls.worker[row] as number) : anyWorker;
    if (overlaps(closures.get(key) ?? [], polls.dueNs[row] as number, polls.startedNs[row] as number)) {
      starved.add(tag);
    }
  }
  return starved;
}

const anyWorker = -1;

function groupBy<T extends Interval>(holds: readonly T[], key: (hold: T) => number): Map<number, T[]> {
  const groups = Map.groupBy(holds, key);
  for (const group of groups.values()) group.sort((a, b) => a.fromNs - b.fromNs);
  return groups;
}

/** Whether any of the disjoint, ordered intervals overlaps the given one. */
function overlaps(intervals: readonly Interval[], fromNs: number, toNs: number): boolean {
  let low = 0;
  let high = intervals.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((intervals[middle] as Interval).toNs > fromNs) high = middle;
    else low = middle + 1;
  }
  return low < intervals.length && (intervals[low] as Interval).fromNs < toNs;
}
