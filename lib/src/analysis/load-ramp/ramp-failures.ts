import { type ColumnTable, from } from "arquero";
import type { Dataset } from "../../tables/load.ts";
import { deadlineCounts } from "../deadline-counts.ts";
import { shareDifferenceOf, shareOf } from "../estimate.ts";
import { intervalColumns } from "../interval-columns.ts";
import { mainWorkers } from "../main-workers.ts";

/**
 * Sets the failure rate beside all workers but one blocked against that of the same load without blockers, by executor ×
 * tasks, main worker count, and their difference: what blocking adds to what the dispatcher cannot carry anyway.
 */
export function rampFailures(dataset: Dataset): ColumnTable {
  const workers = mainWorkers(dataset);
  const counted = deadlineCounts(dataset, { by: ["executor", "tasks", "blockers"], where: { workers } });
  const rows = counted
    .filter(({ levels }) => levels["blockers"] === 0)
    .flatMap(({ levels: { executor, tasks }, counts: control }) => {
      const beside = counted.find(
        ({ levels }) =>
          levels["executor"] === executor && levels["tasks"] === tasks && levels["blockers"] === workers - 1,
      );
      if (beside === undefined || workers === 1) return [];
      return {
        executor,
        workers,
        tasks,
        runs: control[1].length + beside.counts[1].length,
        ...intervalColumns("control", "Share", shareOf(...control)),
        ...intervalColumns("blocked", "Share", shareOf(...beside.counts)),
        ...intervalColumns("added", "Share", shareDifferenceOf(beside.counts, control)),
      };
    });
  return from(rows);
}
