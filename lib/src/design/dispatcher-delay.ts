import type { PollColumns } from "../executor/poll-log.ts";
import { quantile } from "../stats/quantile.ts";

/**
 * p99 of how late due polls were handed to the workers (ns): the part of every overhead that the dispatcher
 * caused, not the workers. Null where nobody stands between timer and worker, or with too few polls to tell.
 */
export function dispatcherDelayP99({ enqueuedNs, dueNs }: PollColumns): number | null {
  const delays = enqueuedNs.map((enqueued, row) => enqueued - (dueNs[row] as number));
  const dispatched = delays.filter((delay) => !Number.isNaN(delay));
  const p99 = quantile(dispatched, 0.99, { minTail: 1 });
  return p99 === null ? null : Math.round(p99.estimate);
}
