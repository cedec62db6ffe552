import type { ColumnTable } from "arquero";
import { positive, rowsOf } from "../../../drawing/rows.ts";

/** Takes p99 of the plain timers that ran beside an executor (ms), with 50 probes; null where they did not. */
export function timerFloorOf(floor: ColumnTable, executor: string): number | null {
  return positive(rowsOf(floor, { executor, probes: 50, quantile: "p99" })[0]?.["timerMs"]);
}
