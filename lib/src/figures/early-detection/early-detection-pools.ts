import type { ColumnTable } from "arquero";
import type { Data } from "plotly.js";
import type { Figure } from "../figure.ts";
import { logRange } from "../log-range.ts";
import { keysOnTop } from "../marker-keys.ts";
import { workersText } from "../pool-sizes.ts";
import { type Row, rowsOf } from "../rows.ts";
import { axis } from "../theme.ts";
import { type Bound, whiskers } from "../whiskers.ts";
import { poolLines, poolSizes, poolStyle } from "./pool-lines.ts";

/** The failure rate that the knee is defined by. */
const kneePercent = 5;

/**
 * Draws the failure rate against connections, one line a pool size, and on the line of 5 % the knees of the fitted curves
 * with their intervals.
 *
 * @param rates what `serviceRates` gives
 * @param knees what `poolKnees` gives
 */
export function earlyDetectionPools(rates: ColumnTable, knees: ColumnTable): Figure {
  const sizes = poolSizes(rates);
  const marks = sizes.map((workers, i): Data => {
    const { color } = poolStyle(i, sizes.length);
    const row: Row = rowsOf(knees, { workers })[0] ?? {};
    const knee = (from: Row, bound: Bound) => (from[`knee${bound}`] ?? null) as number | null;
    return {
      type: "scatter",
      mode: "markers",
      name: `knee, ${workersText(workers)}`,
      x: [knee(row, "")],
      y: [kneePercent],
      marker: { color: "#ffffff", size: 12, symbol: "star", line: { color, width: 2 } },
      error_x: { ...whiskers([row], knee, color), thickness: 2, width: 4 },
      hovertemplate: `knee: %{x:.3~g} connections<extra></extra>`,
      showlegend: false,
    } as Data;
  });
  return {
    id: "early-detection-pools",
    title: "The knee moves with the pool",
    alt: `Share of failed requests in percent against the number of connections, on a logarithmic axis, one line for each of ${sizes.map(workersText).join(", ")}, with 95 % intervals over runs; stars mark where each fitted curve passes 5 %.`,
    data: [...poolLines(rates, (row) => row["connections"] as number), ...marks],
    layout: {
      height: 400,
      xaxis: axis("Connections", null, {
        type: "log",
        range: logRange(rowsOf(rates), ["connections"]),
        tickvals: [1, 2, 4, 8, 16, 32],
      }),
      yaxis: axis("Failed requests", "%", { rangemode: "tozero" }),
      legend: keysOnTop,
      shapes: [
        {
          type: "line",
          layer: "below",
          x0: 0,
          x1: 1,
          xref: "paper",
          y0: kneePercent,
          y1: kneePercent,
          line: { color: "#6e7781", width: 1, dash: "dot" },
        },
      ],
      margin: { l: 64, r: 20, t: 44, b: 56 },
    },
  };
}
