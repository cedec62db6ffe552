import { type ColumnTable, from } from "arquero";
import type { Dataset } from "../../tables/load.ts";
import { cells, sampleCount } from "../cells.ts";
import { quantileOf } from "../estimate.ts";
import { intervalColumns } from "../interval-columns.ts";

/**
 * Tells how late the load generator sent what was due, by load × connections × retries: median, 99th percentile and the
 * latest of all. A generator that is late by a fraction of the deadline is not what makes requests fail.
 */
export function generatorLateness(dataset: Dataset): ColumnTable {
  return from(
    cells(dataset, { value: "lateUs", by: ["load", "connections", "retries"] }).map((cell) => ({
      ...cell.levels,
      runs: cell.byRun.length,
      requests: sampleCount(cell),
      ...intervalColumns("p50", "Ms", quantileOf(cell.byRun, 0.5), 1e-3),
      ...intervalColumns("p99", "Ms", quantileOf(cell.byRun, 0.99), 1e-3),
      latestMs: Math.max(...cell.byRun.flatMap((ofRun) => Array.from(ofRun))) / 1000,
    })),
  );
}
