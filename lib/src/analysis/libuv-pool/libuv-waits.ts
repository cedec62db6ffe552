import { type ColumnTable, from } from "arquero";
import type { Dataset } from "../../tables/load.ts";
import { type Cell, cells } from "../cells.ts";
import { quantileOf } from "../estimate.ts";
import { intervalColumns } from "../interval-columns.ts";
import type { LibuvCorner } from "./operation-waits.ts";
import { waitLaw } from "./wait-law.ts";

/**
 * Describes how long operations of libuv's pool took, by threads × blocking × blockers × operation: median and 99th
 * percentile with 95 % intervals over runs, what the closed form says, and by which share of it the median is off (null
 * where the closed form says zero).
 */
export function libuvWaits(dataset: Dataset): ColumnTable {
  const by = ["blocking", "threads", "blockers", "operation"];
  const operation = ["fs.stat", "dns.lookup", "crypto.randomBytes"];
  return from(cells(dataset, { value: "waitNs", by, where: { operation } }).map(describe));
}

function describe({ levels, byRun }: Cell) {
  const p50 = quantileOf(byRun, 0.5);
  const lawMs = waitLaw(levels as unknown as LibuvCorner);
  const relative = (ns: number | null) => (ns === null || lawMs === 0 ? null : (ns * 1e-6) / lawMs - 1);
  const error = { estimate: relative(p50.estimate), low: relative(p50.low), high: relative(p50.high) };
  return {
    ...levels,
    runs: byRun.length,
    ...intervalColumns("p50", "Ms", p50, 1e-6),
    ...intervalColumns("p99", "Ms", quantileOf(byRun, 0.99), 1e-6),
    lawMs,
    ...intervalColumns("error", "Share", error),
  };
}
