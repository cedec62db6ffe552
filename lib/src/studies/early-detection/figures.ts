import type { Data } from "plotly.js";
import type { Figure } from "../../drawing/figure.ts";
import { intervalSeries } from "../../drawing/interval-series.ts";
import { logRange } from "../../drawing/log-range.ts";
import { keysOnTop } from "../../drawing/marker-keys.ts";
import { lineKey } from "../../drawing/model-line.ts";
import { palette } from "../../drawing/palette.ts";
import { poolColor, workersText } from "../../drawing/pool-sizes.ts";
import { saturationLine } from "../../drawing/saturation-mark.ts";
import { axis } from "../../drawing/theme.ts";
import { type Bound, whiskers } from "../../drawing/whiskers.ts";
import { levelsOf, rowsOf } from "../../summary/rows.ts";
import type { PoolKneeRow, PoolRate } from "./analysis.ts";

const SYMBOLS = ["circle", "square", "diamond", "triangle-up"] as const;

/** Lists the pool sizes of a table, smallest first. */
function poolSizes(rates: readonly PoolRate[]): number[] {
  return levelsOf(rates, "workers").sort((a, b) => a - b);
}

/** Gives colour and symbol of the i-th of all pool sizes. */
function poolStyle(i: number, count: number) {
  return {
    color: poolColor(i, count),
    dash: "solid",
    symbol: SYMBOLS[i % SYMBOLS.length] as (typeof SYMBOLS)[number],
  } as const;
}

/** Draws failure rates of an untreated service, one line a pool size, and their keys. */
function poolLines(rates: readonly PoolRate[], x: (row: PoolRate) => number): Data[] {
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

/** The failure rate that the knee is defined by. */
const kneePercent = 5;

/**
 * Draws the failure rate against connections, one line a pool size, and on the line of 5 % the knees with
 * their intervals.
 *
 * @param rates what `serviceRates` gives
 * @param knees what `poolKnees` gives
 */
export function earlyDetectionPools(rates: readonly PoolRate[], knees: readonly PoolKneeRow[]): Figure {
  const sizes = poolSizes(rates);
  const marks = sizes.map((workers, i): Data => {
    const { color } = poolStyle(i, sizes.length);
    const found = rowsOf(knees, { workers });
    const knee = (row: PoolKneeRow | undefined, bound: Bound) => row?.[`knee${bound}`] ?? null;
    return {
      type: "scatter",
      mode: "markers",
      name: `knee, ${workersText(workers)}`,
      x: [knee(found[0], "")],
      y: [kneePercent],
      marker: { color: palette.paper, size: 12, symbol: "star", line: { color, width: 2 } },
      error_x: { ...whiskers([found[0]], knee, color), thickness: 2, width: 4 },
      hovertemplate: `knee: %{x:.3~r} connections<extra></extra>`,
      showlegend: false,
    } as Data;
  });
  return {
    id: "early-detection-pools",
    title: "The knee moves with the pool",
    alt: `Share of failed requests in percent against the number of connections, on a logarithmic axis, one line for each of ${sizes.map(workersText).join(", ")}, with 95 % intervals over runs; stars mark where each rate passes 5 %${kneesInWords(knees)}.`,
    data: [...poolLines(rates, (row) => row.connections), ...marks],
    layout: {
      height: 400,
      xaxis: axis("Connections", null, {
        type: "log",
        range: logRange(rates, ["connections"]),
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
          line: { color: palette.faint, width: 1, dash: "dot" },
        },
      ],
      margin: { l: 64, r: 20, t: 44, b: 56 },
    },
  };
}

/** Says where the knees are, as in `: 3.1 connections with 1 worker, 6.2 with 2 workers`. */
function kneesInWords(knees: readonly PoolKneeRow[]): string {
  const said = knees.flatMap(({ workers, knee }) =>
    knee === null ? [] : `${knee.toFixed(1)} connections with ${workersText(workers)}`,
  );
  return said.length === 0 ? "" : `: ${said.join(", ")}`;
}

/**
 * Draws the failure rate against connections per worker, one line a pool size: where the lines fall together, a small
 * pool tells what a large one will do. A dotted line marks the law's number, N* / W.
 *
 * @param rates what `serviceRates` gives
 * @param knees what `poolKnees` gives
 */
export function earlyDetectionScaled(rates: readonly PoolRate[], knees: readonly PoolKneeRow[]): Figure {
  const sizes = poolSizes(rates);
  const [row] = knees;
  const law = row === undefined ? null : row.lawConnections / row.workers;
  const axes = { xaxis: "x", yaxis: "y" };
  return {
    id: "early-detection-scaled",
    title: "Failures against connections per worker",
    alt: `Share of failed requests in percent against connections per worker, one line for each of ${sizes.map(workersText).join(", ")}, with 95 % intervals over runs${law === null ? "" : `; a dotted line marks ${law.toFixed(2)} connections per worker, where all workers are busy`}.`,
    data: poolLines(rates, (rate) => rate.connections / rate.workers),
    layout: {
      height: 400,
      xaxis: axis("Connections per worker", null, { rangemode: "tozero", dtick: 1 }),
      yaxis: axis("Failed requests", "%", { rangemode: "tozero" }),
      legend: keysOnTop,
      ...(law !== null && {
        shapes: [saturationLine(law, axes)],
        annotations: [
          {
            text: "N*",
            font: { color: palette.faint, size: 13 },
            x: law,
            xref: "x",
            y: 1,
            yref: "paper",
            xanchor: "right",
            yanchor: "top",
            xshift: -4,
            showarrow: false,
          },
        ],
      }),
      margin: { l: 64, r: 20, t: 44, b: 56 },
    },
  };
}
