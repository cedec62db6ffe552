import { type ColumnTable, from } from "arquero";
import type { Dataset } from "../../tables/load.ts";
import { cells } from "../cells.ts";
import { quantileOf } from "../estimate.ts";
import { intervalColumns } from "../interval-columns.ts";

/**
 * Summarises how long rounds took beside a critical section of one poll, by executor × section × lock × tasks ×
 * blockers × role: median and p90 of the rounds that were kept, time-outs included.
 */
export function convoyLatencies(dataset: Dataset): ColumnTable {
  const by = ["executor", "section", "lock", "tasks", "blockers", "role"];
  return from(
    cells(dataset, { value: "latencyUs", by, where: { row: "round", section: "poll" } }).map(
      ({ levels, byRun }) => ({
        ...levels,
        runs: byRun.length,
        ...intervalColumns("p50", "Ms", quantileOf(byRun, 0.5), 1e-3),
        ...intervalColumns("p90", "Ms", quantileOf(byRun, 0.9), 1e-3),
      }),
    ),
  );
}
