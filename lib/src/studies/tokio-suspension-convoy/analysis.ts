import { type ColumnTable, from } from "arquero";
import { cells } from "../../summary/cells.ts";
import { quantileOf, type Runs } from "../../summary/estimate.ts";
import { intervalColumns } from "../../summary/interval-columns.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import type { Dataset } from "../../tables/load.ts";

/**
 * Summarises how long the coordinator held the lock and how old events were when they had been consumed, by variant ×
 * re-arming × blockers, with intervals over runs.
 */
export function tokioSuspensionTimes(dataset: Dataset): ColumnTable {
  const by = ["variant", "rearm", "blockers"];
  const where = { workers: mainWorkers(dataset) };
  const latencies = cells(dataset, { value: "latencyNs", by, where: { ...where, row: "event" } });
  return from(
    cells(dataset, { value: "holdNs", by, where: { ...where, row: "message" } }).map(({ levels, byRun }) => {
      const events = latencies.find((cell) => by.every((name) => cell.levels[name] === levels[name]));
      return {
        ...levels,
        runs: byRun.length,
        ...intervalColumns("holdP50", "Ms", quantileOf(byRun, 0.5), 1e-6),
        ...intervalColumns("holdP99", "Ms", quantileOf(byRun, 0.99), 1e-6),
        ...intervalColumns("latencyP50", "Ms", quantileOf(events?.byRun ?? [], 0.5), 1e-6),
      };
    }),
  );
}

/** Times (ns) of each run: holds of the coordinator, or ages of events. */
export function timesAt(
  dataset: Dataset,
  times: "holdNs" | "latencyNs",
  levels: { readonly variant: "bad" | "good"; readonly blockers: number },
): Runs {
  const row = times === "holdNs" ? "message" : "event";
  const where = { ...levels, row, rearm: "yield", workers: mainWorkers(dataset) };
  return cells(dataset, { value: times, by: [], where })[0]?.byRun ?? [];
}
