import { allHeld, type Interval } from "../../design/all-held.ts";
import type { NamedPolls, Operation } from "../failure-mechanisms/experiment.ts";

/** What per-poll records say of somebody's waits. */
export interface Attribution {
  /** Length of the waits (ns). */
  readonly waitedNs: number;
  /** Part of them during which every worker was held (ns). */
  readonly starvedNs: number;
  /** The task that held workers longest in that part; null where there is no such part. */
  readonly culprit: string | null;
  /** Share of the workers' time in that part that the culprit held; null with it. */
  readonly culpritShare: number | null;
}

/**
 * Attributes waits to the tasks that held all workers meanwhile.
 *
 *     worker 0   ████report████│██report███
 *     worker 1   ──step│███████report██████
 *     wait              ╟────────────╢
 *     all held          ╟──────╢  ╟──╢       starved: 2 of 3, culprit: report
 */
export function attributeWait(
  waits: readonly Interval[],
  { polls, names }: NamedPolls,
  workers: number,
): Attribution {
  const heldNs = new Map<string, number>();
  let starvedNs = 0;
  for (const wait of waits) {
    const holds = holdsWithin(wait, { polls, names });
    for (const starved of allHeld(holds, workers)) {
      starvedNs += starved.toNs - starved.fromNs;
      for (const { task, ...hold } of holds) {
        const shared = overlapNs(hold, starved);
        if (shared > 0) heldNs.set(task, (heldNs.get(task) ?? 0) + shared);
      }
    }
  }
  const [culprit] = [...heldNs].sort(([, a], [, b]) => b - a);
  return {
    waitedNs: waits.reduce((sum, { fromNs, toNs }) => sum + toNs - fromNs, 0),
    starvedNs,
    culprit: culprit?.[0] ?? null,
    culpritShare: culprit === undefined ? null : culprit[1] / (starvedNs * workers),
  };
}

/** The polls that held a worker during a wait, cut to it. */
function holdsWithin({ fromNs, toNs }: Interval, { polls, names }: NamedPolls) {
  const holds: (Interval & { readonly task: string })[] = [];
  for (let row = 0; row < polls.task.length; row++) {
    const hold = {
      fromNs: Math.max(fromNs, polls.startedNs[row] as number),
      toNs: Math.min(toNs, polls.endedNs[row] as number),
    };
    if (hold.toNs > hold.fromNs) holds.push({ ...hold, task: names[polls.task[row] as number] as string });
  }
  return holds;
}

function overlapNs(a: Interval, b: Interval): number {
  return Math.min(a.toNs, b.toNs) - Math.max(a.fromNs, b.fromNs);
}

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
