import { allHeld, type Interval, overlapNs } from "./intervals.ts";

/** When polls held a worker, row by row; times in ns of one clock. */
export interface HoldColumns {
  /** Number of the task, an index into the names. */
  readonly task: ArrayLike<number>;
  readonly startedNs: ArrayLike<number>;
  readonly endedNs: ArrayLike<number>;
}

/** The polls of a pool, each with the name of the task it belongs to. */
export interface NamedHolds {
  readonly polls: HoldColumns;
  /** Name of each task number in `polls`. */
  readonly names: readonly string[];
}

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
 * Attributes waits to the tasks that held all workers meanwhile. This is the one rule by which anybody is blamed.
 *
 *     worker 0   ████report████│██report███
 *     worker 1   ──step│███████report██████
 *     wait              ╟────────────╢
 *     all held          ╟──────╢  ╟──╢       starved: 2 of 3, culprit: report
 */
export function attributeWait(
  waits: readonly Interval[],
  { polls, names }: NamedHolds,
  workers: number,
): Attribution {
  const heldNs = new Map<string, number>();
  let starvedNs = 0;
  for (const wait of waits) {
    const holds = holdsWithin(wait, { polls, names });
    for (const starved of allHeld(holds, workers)) {
      starvedNs += starved.toNs - starved.fromNs;
      for (const { task, ...hold } of holds) {
        const sharedNs = overlapNs(hold, starved);
        if (sharedNs > 0) heldNs.set(task, (heldNs.get(task) ?? 0) + sharedNs);
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
function holdsWithin({ fromNs, toNs }: Interval, { polls, names }: NamedHolds) {
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
