import { type ColumnTable, from } from "arquero";
import type { Dataset } from "../../tables/load.ts";
import { cells } from "../cells.ts";
import { quantileOf } from "../estimate.ts";
import { intervalColumns } from "../interval-columns.ts";

/**
 * Describes how long requests took, failed ones until their time-out: median and 99th percentile from the (intended)
 * start, by executor × workers × load × clients, with 95 % intervals over runs.
 */
export function requestLatencies(dataset: Dataset): ColumnTable {
  const found = cells(dataset, { value: "latencyNs", by: ["executor", "workers", "load", "clients"] });
  return from(
    found.map(({ levels, byRun }) => ({
      ...levels,
      runs: byRun.length,
      ...intervalColumns("p50", "Ms", quantileOf(byRun, 0.5), 1e-6),
      ...intervalColumns("p99", "Ms", quantileOf(byRun, 0.99), 1e-6),
    })),
  );
}
