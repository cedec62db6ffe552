import { executorNames } from "../../../executor/executors.ts";
import type { NumericColumn } from "../../../summary/cells.ts";
import { type Estimate, meanOf, missing } from "../../../summary/estimate.ts";
import { intervalColumns } from "../../../summary/interval-columns.ts";
import { mainWorkers } from "../../../summary/main-workers.ts";
import { schedToBusy } from "./instruments.ts";
import { type IntrospectionData, totalOf, type WatchedRow, watchedRuns } from "./watched-runs.ts";

export type TaskTimes = ReturnType<typeof taskTimes>[number];

/**
 * Tells of tasks what tokio-console tells: polls, busy, scheduled and idle time a task, and Sched:Busy, for probes and
 * blockers by executor × blockers, holds parked, main worker count, with intervals over runs.
 */
export function taskTimes(dataset: IntrospectionData) {
  const workers = mainWorkers(dataset);
  return executorNames.flatMap((executor) =>
    [0, workers - 1, workers].flatMap((blockers) => {
      const where = { executor, workers, blockers, hold: "parked", atomics: "sync" } as const;
      const runs = watchedRuns(dataset, where);
      return (["probes", "blockers"] as const).flatMap((kind) => {
        const tasks = runs.map((run) => run[kind]).filter(({ length }) => length > 0);
        if (tasks.length === 0) return [];
        const mean = (column: NumericColumn<IntrospectionData["declaration"]>): Estimate =>
          over(tasks, (ofRun) => totalOf(ofRun, column) / ofRun.length);
        return {
          executor,
          blockers,
          tasks: kind,
          runs: tasks.length,
          ...intervalColumns("polls", "", mean("polls")),
          ...intervalColumns("busy", "Ms", mean("busyNs"), 1e-6),
          ...intervalColumns("sched", "Ms", mean("schedNs"), 1e-6),
          ...intervalColumns("late", "Ms", executor === "pinned" ? missing : mean("lateNs"), 1e-6),
          ...intervalColumns("idle", "Ms", mean("idleNs"), 1e-6),
          ...intervalColumns("schedToBusy", "", over(tasks, schedToBusy)),
        };
      });
    }),
  );
}

function over(
  runs: readonly (readonly WatchedRow[])[],
  value: (rows: readonly WatchedRow[]) => number,
): Estimate {
  return meanOf(runs.map((rows) => Float64Array.of(value(rows))));
}
