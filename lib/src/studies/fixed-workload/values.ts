import type { ExecutorName } from "../../executor/executors.ts";
import type { Handed } from "../../summary/handed.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import { rowsOf, valueAt } from "../../summary/rows.ts";
import type { FixedWorkloadData, FixedWorkloadFailures, FixedWorkloadRoom } from "./analysis.ts";
import { publishedTasks } from "./experiment.ts";

/** The tables that the fixed-workload notebook has made. */
export interface FixedWorkloadSummaries {
  readonly failures: readonly FixedWorkloadFailures[];
  readonly room: readonly FixedWorkloadRoom[];
}

/**
 * Names the numbers that the article cites. Blockers are named by what they leave: `Free` none blocked, `One` one blocked,
 * `Below` one worker left, `At` none left; `Original` are the published blocks, `Published` those beside the published
 * load. Null where the profile did not measure a value.
 */
export function fixedWorkloadValues(
  dataset: FixedWorkloadData,
  { failures, room }: FixedWorkloadSummaries,
): Handed {
  const workers = mainWorkers(dataset);
  const { runs } = dataset.manifest;
  const own = (executor: ExecutorName) =>
    ({ executor, workers, tasks: ownTasks(failures, executor) ?? 0, blocking: "sustained" }) as const;
  const free = (executor: ExecutorName, column: keyof FixedWorkloadRoom) =>
    valueAt(room, { ...own(executor), blockers: 0 }, column);
  const failed = (executor: ExecutorName, blockers: number) =>
    valueAt(failures, { ...own(executor), blockers }, "failureShare");
  const original = { workers, blockers: workers, blocking: "original" } as const;
  const published = { ...original, executor: "run-queue", tasks: publishedTasks } as const;
  const publishedRoom = { executor: "run-queue", workers, tasks: publishedTasks, blockers: 0 } as const;
  return {
    runs: runs.valid,
    invalidRuns: runs.planned - runs.valid,
    tasksRunQueue: ownTasks(failures, "run-queue"),
    tasksPiscina: ownTasks(failures, "piscina"),
    tasksPinned: ownTasks(failures, "pinned"),
    busyRunQueueShare: free("run-queue", "busyShare"),
    busyPiscinaShare: free("piscina", "busyShare"),
    busyPinnedShare: free("pinned", "busyShare"),
    pollsASecondRunQueue: free("run-queue", "pollsASecond"),
    pollsASecondPiscina: free("piscina", "pollsASecond"),
    pollsASecondPinned: free("pinned", "pollsASecond"),
    failureRunQueueFreeShare: failed("run-queue", 0),
    failureRunQueueOneShare: failed("run-queue", 1),
    failureRunQueueBelowShare: failed("run-queue", workers - 1),
    failureRunQueueAtShare: failed("run-queue", workers),
    failurePiscinaFreeShare: failed("piscina", 0),
    failurePiscinaOneShare: failed("piscina", 1),
    failurePiscinaBelowShare: failed("piscina", workers - 1),
    failurePiscinaAtShare: failed("piscina", workers),
    failurePinnedFreeShare: failed("pinned", 0),
    failurePinnedOneShare: failed("pinned", 1),
    failurePinnedBelowShare: failed("pinned", workers - 1),
    failurePinnedAtShare: failed("pinned", workers),
    failurePinnedOriginalShare: valueAt(failures, { ...own("pinned"), ...original }, "failureShare"),
    failurePublishedBelowShare: valueAt(failures, { ...published, blockers: workers - 1 }, "failureShare"),
    failurePublishedShare: valueAt(failures, published, "failureShare"),
    failurePublishedLowShare: valueAt(failures, published, "failureLowShare"),
    failurePublishedHighShare: valueAt(failures, published, "failureHighShare"),
    busyPublishedShare: valueAt(room, publishedRoom, "busyShare"),
    pollsASecondPublished: valueAt(room, publishedRoom, "pollsASecond"),
  };
}

/** The load that was chosen for the executor: the least one measured. */
function ownTasks(failures: readonly FixedWorkloadFailures[], executor: ExecutorName): number | null {
  const rows = rowsOf(failures, { executor });
  return rows.length === 0 ? null : Math.min(...rows.map(({ tasks }) => tasks));
}
