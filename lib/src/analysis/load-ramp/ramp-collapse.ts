import { type ColumnTable, from } from "arquero";
import type { Dataset } from "../../tables/load.ts";
import { cells } from "../cells.ts";
import { missing } from "../estimate.ts";
import { intervalColumns } from "../interval-columns.ts";
import { mainWorkers } from "../main-workers.ts";
import { loadKnee } from "./load-knee.ts";

/**
 * Tells at how many tasks one request in twenty fails (onset) and half of them do (midpoint), by executor × blockers,
 * main worker count. Missing where the rate does not pass that mark within the loads measured.
 */
export function rampCollapse(dataset: Dataset): ColumnTable {
  const workers = mainWorkers(dataset);
  const ramps = cells(dataset, {
    value: "requests",
    by: ["executor", "blockers"],
    where: { kind: "tally", workers },
  });
  const rows = ramps.map(({ levels, byRun }) => {
    const knee = loadKnee(dataset, levels);
    return {
      ...levels,
      runs: byRun.length,
      ...intervalColumns("onsetTasks", "", knee?.onset ?? missing),
      ...intervalColumns("midpointTasks", "", knee?.midpoint ?? missing),
    };
  });
  return from(rows);
}
