import { type ColumnTable, from } from "arquero";
import type { Dataset } from "../../tables/load.ts";
import { cells } from "../cells.ts";
import { quantileOf } from "../estimate.ts";
import { intervalColumns } from "../interval-columns.ts";

/**
 * Tells what a remedy itself costs: how long a job that does nothing takes from its submission to its end, by remedy ×
 * payload, one caller, nothing else on the pools. Medians and 99th percentiles in microseconds.
 */
export function remedyCosts(dataset: Dataset): ColumnTable {
  const measured = cells(dataset, {
    value: "delayNs",
    by: ["remedy", "payloadKiB"],
    where: { kind: "job", callers: "single" },
  });
  return from(
    measured.map(({ levels, byRun }) => ({
      ...levels,
      runs: byRun.length,
      ...intervalColumns("p50", "Us", quantileOf(byRun, 0.5), 1e-3),
      ...intervalColumns("p99", "Us", quantileOf(byRun, 0.99), 1e-3),
    })),
  );
}
