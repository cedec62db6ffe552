import type { Interval } from "../../design/all-held.ts";
import type { Operation } from "../failure-mechanisms/experiment.ts";

/**
 * Gives the intervals in which an operation could not go on, until it ended: its wait for the channel, the connection or
 * the lock, and each wait of its own steps for a worker.
 */
export function operationWaits({ beganNs, waitNs, endedNs, steps }: Operation): Interval[] {
  const resource = waitNs === null ? [] : [{ fromNs: beganNs, toNs: beganNs + waitNs }];
  const workers = steps.map(({ dueNs, startedNs }) => ({
    fromNs: dueNs,
    toNs: Math.min(startedNs, endedNs),
  }));
  return [...resource, ...workers].filter(({ fromNs, toNs }) => toNs > fromNs);
}
