import type { ColumnTable } from "arquero";
import type { Annotation, Data } from "plotly.js";
import type { Figure } from "../../../drawing/figure.ts";
import { keysOnTop, markerKeys } from "../../../drawing/marker-keys.ts";
import { type PanelAxes, panels } from "../../../drawing/panels.ts";
import { type Row, rowsOf } from "../../../drawing/rows.ts";
import { axis, seriesStyle } from "../../../drawing/theme.ts";
import { type Bound, whiskers } from "../../../drawing/whiskers.ts";

const quantiles = [
  { quantile: "p50", title: "p50" },
  { quantile: "p99", title: "p99" },
] as const;

const timerStyle = seriesStyle("bare timer");
const rowName = (row: Row) => `${row["executor"]}, ${row["probes"]} probes`;

/**
 * Draws the noise floor: each executor without blockers beside plain timers that slept the same sleeps in the same
 * runs, with the ratio of the two.
 *
 * @param floor what `noiseFloor` gives
 */
export function schedulingDelayFloor(floor: ColumnTable): Figure {
  const names = [...new Set(rowsOf(floor).map(rowName))];
  const { layout, axes } = panels(
    quantiles.map(({ title }) => ({ text: title, color: "#1f2328" })),
    {
      columns: 2,
      x: axis("Overhead without blockers", "ms", {
        rangemode: "tozero",
        zeroline: true,
        zerolinecolor: "#57606a",
      }),
      y: {
        type: "category",
        categoryarray: [...names].reverse(),
        range: [-0.6, names.length - 0.4],
        ticks: "",
      },
      gap: [0.1, 0],
    },
  );
  const data: Data[] = markerKeys([{ label: "executor", open: false }]);
  const annotations: Partial<Annotation>[] = [...(layout.annotations ?? [])];
  for (const [i, { quantile }] of quantiles.entries()) {
    const rows = rowsOf(floor, { quantile });
    const panel = axes[i] as PanelAxes;
    data.push(marks(rows, "timer", panel, i === 0), marks(rows, "executor", panel, false));
    annotations.push(...rows.flatMap((row) => ratioLabel(row, panel)));
  }
  const { xaxis2, ...rest } = layout as typeof layout & { xaxis2?: object };
  return {
    id: "scheduling-delay-floor",
    title: "The noise floor",
    alt: `Median (left) and 99th percentile (right) of the overhead in milliseconds without blockers, for ${names.join("; ")}: each beside plain timers in the same runs, with the ratio of the two.`,
    data,
    layout: {
      ...rest,
      // The two quantiles have scales of their own.
      xaxis2: { ...xaxis2, matches: undefined },
      height: 130 + 32 * Math.max(names.length, 2),
      annotations,
      margin: { l: 148, r: 44, t: 62, b: 52 },
      legend: keysOnTop,
    } as unknown as Figure["layout"],
  };
}

function marks(rows: readonly Row[], who: "timer" | "executor", axes: PanelAxes, legend: boolean): Data {
  const of = (row: Row, bound: Bound) => row[`${who}${bound}Ms`] as number | null;
  const colors = rows.map((row) =>
    who === "timer" ? timerStyle.color : seriesStyle(row["executor"] as string).color,
  );
  return {
    type: "scatter",
    mode: "markers",
    name: who === "timer" ? "bare timer" : "executor",
    x: rows.map((row) => of(row, "")),
    y: rows.map(rowName),
    marker:
      who === "timer"
        ? { symbol: "line-ns", size: 16, line: { color: timerStyle.color, width: 3 } }
        : { symbol: "circle", size: 9, color: colors },
    error_x: whiskers(rows, of, who === "timer" ? timerStyle.color : "#57606a"),
    hovertemplate: `%{y}, ${who === "timer" ? "bare timer" : "executor"}: %{x:.3~g} ms<extra></extra>`,
    showlegend: legend,
    ...axes,
  } as Data;
}

function ratioLabel(row: Row, { xaxis, yaxis }: PanelAxes): Partial<Annotation>[] {
  const ratio = row["ratio"];
  return [
    {
      text: typeof ratio === "number" ? `×${ratio.toFixed(ratio < 10 ? 2 : 1)}` : "–",
      font: { size: 13, color: "#57606a" },
      x: 1,
      xref: `${xaxis} domain` as "x",
      y: rowName(row),
      yref: yaxis as "y",
      xanchor: "left",
      xshift: 6,
      showarrow: false,
    },
  ];
}
