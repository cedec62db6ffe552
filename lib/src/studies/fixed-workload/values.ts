import type { ColumnTable } from "arquero";
import { type Handed, numberAt, pascal } from "../../summary/handed.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import type { Dataset } from "../../tables/load.ts";

/** The tables that the fixed-workload notebook has made. */
export interface FixedWorkloadSummaries {
  readonly failures: ColumnTable;
  readonly room: ColumnTable;
}

const publishedTasks = 500;

/**
 * Names the numbers that the article cites. Blockers are named by what they leave: `Free` none blocked, `One` one blocked,
 * `Below` one worker left, `At` none left; `Original` are the published blocks, `Published` those beside the published
 * load. Null where the profile did not measure a value.
 */
export function fixedWorkloadValues(dataset: Dataset, { failures, room }: FixedWorkloadSummaries): Handed {
  const workers = mainWorkers(dataset);
  const { runs } = dataset.manifest;
  const values: Record<string, number | null> = {
    runs: runs.valid,
    invalidRuns: runs.planned - runs.valid,
  };
  const marks = { Free: 0, One: 1, Below: workers - 1, At: workers };
  for (const executor of ["run-queue", "piscina", "pinned"]) {
    const name = pascal(executor);
    const tasks = ownTasks(failures, executor);
    const own = { executor, workers, tasks: tasks ?? 0, blocking: "sustained" };
    values[`tasks${name}`] = tasks;
    values[`busy${name}Share`] = numberAt(room, { ...own, blockers: 0 }, "busyShare");
    values[`pollsASecond${name}`] = numberAt(room, { ...own, blockers: 0 }, "pollsASecond");
    for (const [mark, blockers] of Object.entries(marks)) {
      values[`failure${name}${mark}Share`] = numberAt(failures, { ...own, blockers }, "failureShare");
    }
  }
  const original = { workers, blockers: workers, blocking: "original" };
  const published = { ...original, executor: "run-queue", tasks: publishedTasks };
  values["failurePinnedOriginalShare"] = numberAt(
    failures,
    { ...original, executor: "pinned", tasks: ownTasks(failures, "pinned") ?? 0 },
    "failureShare",
  );
  values["failurePublishedBelowShare"] = numberAt(
    failures,
    { ...published, blockers: workers - 1 },
    "failureShare",
  );
  const free = { executor: "run-queue", workers, tasks: publishedTasks, blockers: 0 };
  values["busyPublishedShare"] = numberAt(room, free, "busyShare");
  values["pollsASecondPublished"] = numberAt(room, free, "pollsASecond");
  for (const bound of ["", "Low", "High"]) {
    values[`failurePublished${bound}Share`] = numberAt(failures, published, `failure${bound}Share`);
  }
  return values;
}

/** The load that was chosen for the executor: the least one measured. */
function ownTasks(failures: ColumnTable, executor: string): number | null {
  const rows = (failures.objects() as Record<string, unknown>[]).filter(
    (row) => row["executor"] === executor,
  );
  return rows.length === 0 ? null : Math.min(...rows.map((row) => Number(row["tasks"])));
}
