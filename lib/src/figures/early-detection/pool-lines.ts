import type { ColumnTable } from "arquero";
import type { Data } from "plotly.js";
import { intervalSeries } from "../interval-series.ts";
import { lineKey } from "../model-line.ts";
import { poolColor, workersText } from "../pool-sizes.ts";
import { levelsOf, type Row, rowsOf } from "../rows.ts";

const SYMBOLS = ["circle", "square", "diamond", "triangle-up"] as const;

/** Lists the pool sizes of a table, smallest first. */
export function poolSizes(table: ColumnTable): number[] {
  return levelsOf<number>(rowsOf(table), "workers").sort((a, b) => a - b);
}

/** Gives colour and symbol of the i-th of all pool sizes. */
export function poolStyle(i: number, count: number) {
  return {
    color: poolColor(i, count),
    dash: "solid",
    symbol: SYMBOLS[i % SYMBOLS.length] as (typeof SYMBOLS)[number],
  } as const;
}

/** Draws failure rates of an untreated service, one line a pool size, and their keys. */
export function poolLines(rates: ColumnTable, x: (row: Row) => number): Data[] {
  const sizes = poolSizes(rates);
  return sizes.flatMap((workers, i) => {
    const style = poolStyle(i, sizes.length);
    return [
      lineKey(workersText(workers), style.dash, style.color),
      intervalSeries({
        name: workersText(workers),
        rows: rowsOf(rates, { workers }),
        x,
        y: ["failureShare", "failureLowShare", "failureHighShare"],
        scale: 100,
        style,
        unit: "%",
      }),
    ];
  });
}
