import type { Annotation, Data } from "plotly.js";
import type { Figure } from "../../../drawing/figure.ts";
import { keysOnTop, markerKeys } from "../../../drawing/marker-keys.ts";
import { palette } from "../../../drawing/palette.ts";
import { type PanelAxes, panels } from "../../../drawing/panels.ts";
import { positive } from "../../../drawing/positive.ts";
import { axis, seriesStyle } from "../../../drawing/theme.ts";
import { type Bound, whiskers } from "../../../drawing/whiskers.ts";
import type { ExecutorName } from "../../../executor/executors.ts";
import { rowsOf, valueAt } from "../../../summary/rows.ts";
import type { NoiseFloor } from "../analysis.ts";

const quantiles = [
  { quantile: "p50", title: "p50" },
  { quantile: "p99", title: "p99" },
] as const;

const timerStyle = seriesStyle("bare timer");
const rowName = ({ executor, probes }: NoiseFloor) => `${executor}, ${probes} probes`;
const columns = {
  executor: { "": "executorMs", Low: "executorLowMs", High: "executorHighMs" },
  timer: { "": "timerMs", Low: "timerLowMs", High: "timerHighMs" },
} as const;

/** Takes p99 of the plain timers that ran beside an executor (ms), with 50 probes; null where they did not. */
export function timerFloorOf(floor: readonly NoiseFloor[], executor: ExecutorName): number | null {
  return positive(
    valueAt(floor, { baseline: "bare-timer", executor, probes: 50, quantile: "p99" }, "timerMs"),
  );
}

/**
 * Draws the noise floor: each executor without blockers beside plain timers that slept the same sleeps in the same
 * runs, with the ratio of the two.
 *
 * @param floor what `noiseFloor` gives
 */
export function schedulingDelayFloor(floor: readonly NoiseFloor[]): Figure {
  const besideTimers = rowsOf(floor, { baseline: "bare-timer" });
  const names = [...new Set(besideTimers.map(rowName))];
  const { layout, axes } = panels(
    quantiles.map(({ title }) => ({ text: title, color: palette.ink })),
    {
      columns: 2,
      x: axis("Overhead without blockers", "ms", {
        rangemode: "tozero",
        zeroline: true,
        zerolinecolor: palette.muted,
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
  // The two quantiles have scales of their own.
  const { xaxis2: { matches: _matches, ...apart } = {}, ...rest } = layout;
  const data: Data[] = markerKeys([{ label: "executor", open: false }]);
  const annotations: Partial<Annotation>[] = [...(layout.annotations ?? [])];
  for (const [i, { quantile }] of quantiles.entries()) {
    const rows = rowsOf(besideTimers, { quantile });
    const panel = axes[i] as PanelAxes;
    data.push(marks(rows, "timer", panel, i === 0), marks(rows, "executor", panel, false));
    annotations.push(...rows.flatMap((row) => ratioLabel(row, panel)));
  }
  return {
    id: "scheduling-delay-floor",
    title: "The noise floor",
    alt: `Median (left) and 99th percentile (right) of the overhead in milliseconds without blockers, for ${names.join("; ")}: each beside plain timers in the same runs, with the ratio of the two.`,
    data,
    layout: {
      ...rest,
      xaxis2: apart,
      height: 130 + 32 * Math.max(names.length, 2),
      annotations,
      margin: { l: 148, r: 44, t: 62, b: 52 },
      legend: keysOnTop,
    },
  };
}

function marks(
  rows: readonly NoiseFloor[],
  who: keyof typeof columns,
  axes: PanelAxes,
  legend: boolean,
): Data {
  const of = (row: NoiseFloor, bound: Bound) => row[columns[who][bound]];
  const colors = rows.map((row) => (who === "timer" ? timerStyle.color : seriesStyle(row.executor).color));
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
    error_x: whiskers(rows, of, who === "timer" ? timerStyle.color : palette.muted),
    hovertemplate: `%{y}, ${who === "timer" ? "bare timer" : "executor"}: %{x:.3~r} ms<extra></extra>`,
    showlegend: legend,
    ...axes,
  } as Data;
}

function ratioLabel(row: NoiseFloor, { xaxis, yaxis }: PanelAxes): Partial<Annotation>[] {
  const { ratio } = row;
  return [
    {
      text: ratio === null ? "–" : `×${ratio.toFixed(ratio < 10 ? 2 : 1)}`,
      font: { size: 13, color: palette.muted },
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
