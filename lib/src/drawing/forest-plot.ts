import type { Data } from "plotly.js";
import type { Figure } from "./figure.ts";
import { logRange } from "./log-range.ts";
import { axis, logAxis, seriesStyle } from "./theme.ts";
import { whiskers } from "./whiskers.ts";

/** One line of a forest plot: an estimate with its interval. */
export interface ForestRow {
  readonly label: string;
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  /** Whether the line sums up those above. */
  readonly isSummary: boolean;
}

/** What a forest plot shows. */
export interface ForestPlot {
  readonly id: string;
  readonly title: string;
  readonly rows: readonly ForestRow[];
  /** What the numbers are. */
  readonly quantity: string;
  readonly log: boolean;
}

const pixelsOfRow = 24;

/** Draws one estimate a line, in the order given, and what sums them up as a diamond below. */
export function forestPlot({ id, title, rows, quantity, log }: ForestPlot): Figure {
  const groups = [
    { name: "one host", isSummary: false, ...seriesStyle("run-queue") },
    { name: "mean over hosts", isSummary: true, ...seriesStyle("piscina"), symbol: "diamond" },
  ];
  const places = new Map(rows.map((row, i) => [row, 0 - i]));
  const data = groups.flatMap(({ name, isSummary, color, symbol }): Data[] => {
    const own = rows.filter((row) => row.isSummary === isSummary);
    if (own.length === 0) return [];
    const bounds = { "": "estimate", Low: "low", High: "high" } as const;
    return [
      {
        type: "scatter",
        mode: "markers",
        name,
        x: own.map(({ estimate }) => estimate),
        y: own.map((row) => places.get(row) ?? 0),
        text: own.map(({ label }) => label),
        marker: { symbol, size: isSummary ? 11 : 8, color },
        error_x: whiskers(own, (row, bound) => row[bounds[bound]], color),
        hovertemplate: "%{text}: %{x:.3~r}<extra></extra>",
        showlegend: groups.length > 1,
      } as Data,
    ];
  });
  const lines = Math.max(rows.length, 2);
  return {
    id,
    title,
    alt: `${quantity} with 95 % intervals, one line a host${rows.some(({ isSummary }) => isSummary) ? ", and their mean below" : ""}: ${rows.map(({ label }) => label).join("; ")}.`,
    data,
    layout: {
      xaxis: log
        ? logAxis(quantity, null, { range: logRange(rows, ["estimate", "low", "high"]) })
        : axis(quantity, null),
      yaxis: {
        tickvals: rows.map((_, i) => 0 - i),
        ticktext: rows.map(({ label }) => label),
        range: [0.6 - lines, 0.6],
        ticks: "",
      },
      height: 120 + pixelsOfRow * lines,
      margin: { l: 170, r: 16, t: 40, b: 52 },
    },
  };
}
