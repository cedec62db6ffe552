import type { Annotation, Data, Shape } from "plotly.js";
import type { Figure } from "../../../drawing/figure.ts";
import { floorKey, floorLines } from "../../../drawing/floor-mark.ts";
import { logRange } from "../../../drawing/log-range.ts";
import { keysOnTop, markerKeys } from "../../../drawing/marker-keys.ts";
import { palette } from "../../../drawing/palette.ts";
import { type PanelAxes, panels } from "../../../drawing/panels.ts";
import { positive } from "../../../drawing/positive.ts";
import { logAxis, seriesStyle } from "../../../drawing/theme.ts";
import { type Bound, whiskers } from "../../../drawing/whiskers.ts";
import { levelsOf, rowsOf } from "../../../summary/rows.ts";
import type { DelayDesign, NoiseFloor } from "../analysis.ts";
import { timerFloorOf } from "./floor.ts";

const ends = [
  {
    columns: { "": "belowMs", Low: "belowLowMs", High: "belowHighMs" },
    label: "one worker left",
    open: true,
  },
  { columns: { "": "atMs", Low: "atLowMs", High: "atHighMs" }, label: "no worker left", open: false },
] as const;

/** Decades kept free for the step beside the last mark. */
const labelRoom = 0.6;

/**
 * Draws the cliff under each design as a dumbbell: p99 with one worker left and with none, and the step between.
 *
 * @param designs what `delayDesigns` gives
 * @param floor what `noiseFloor` gives; its plain timers are the dotted lines
 */
export function schedulingDelayDesigns(
  designs: readonly DelayDesign[],
  floor: readonly NoiseFloor[],
): Figure {
  const executors = levelsOf(designs, "executor");
  const names = levelsOf(designs, "design");
  const floors = executors.map((executor) => timerFloorOf(floor, executor));
  const [least, greatest] = logRange(designs, ["belowMs", "atMs", "belowHighMs", "atHighMs"], ...floors);
  const { layout, axes } = panels(
    executors.map((text) => ({ text, color: seriesStyle(text).color })),
    {
      columns: 3,
      x: logAxis("Overhead p99", "ms", { range: [least, greatest + labelRoom] }),
      y: {
        type: "category",
        categoryarray: [...names].reverse(),
        range: [-0.6, names.length - 0.4],
        ticks: "",
      },
      gap: [0.03, 0],
    },
  );
  const data: Data[] = [...markerKeys(ends), ...floorKey(floors[0] ?? null, "p99")];
  const shapes: Partial<Shape>[] = [];
  const annotations: Partial<Annotation>[] = [...(layout.annotations ?? [])];
  for (const [i, executor] of executors.entries()) {
    const panel = axes[i] as PanelAxes;
    const own = rowsOf(designs, { executor });
    data.push(...own.map((row) => bar(row, executor, panel)), ...dots(own, executor, panel));
    shapes.push(...floorLines(floors[i] ?? null, "x", [panel]));
    annotations.push(...own.flatMap((row) => stepLabel(row, executor, panel)));
  }
  return {
    id: "scheduling-delay-designs",
    title: "How the cliff depends on the design",
    alt: `Dumbbells on a logarithmic axis, one panel for each of ${executors.join(", ")}, one row for each design (${names.join(", ")}): 99th percentile of the overhead with one worker left and with none, and the step between them as a factor. A dotted vertical line marks what bare timers reach.`,
    data,
    layout: {
      ...layout,
      height: 110 + 34 * Math.max(names.length, 2),
      annotations,
      shapes,
      margin: { l: 132, r: 12, t: 62, b: 52 },
      legend: keysOnTop,
    },
  };
}

function bar(row: DelayDesign, executor: string, axes: PanelAxes): Data {
  return {
    type: "scatter",
    mode: "lines",
    x: [positive(row.belowMs), positive(row.atMs)],
    y: [row.design, row.design],
    line: { color: seriesStyle(executor).color, width: 2 },
    opacity: 0.45,
    hoverinfo: "skip",
    showlegend: false,
    ...axes,
  };
}

function dots(rows: readonly DelayDesign[], executor: string, axes: PanelAxes): Data[] {
  const { color } = seriesStyle(executor);
  return ends.map(({ columns, label, open }): Data => {
    const value = (row: DelayDesign, bound: Bound) => positive(row[columns[bound]]);
    return {
      type: "scatter",
      mode: "markers",
      name: label,
      x: rows.map((row) => value(row, "")),
      y: rows.map(({ design }) => design),
      marker: {
        size: 9,
        symbol: "circle",
        color: open ? palette.paper : color,
        line: { color, width: 1.75 },
      },
      error_x: whiskers(rows, value, color),
      hovertemplate: `%{y}, ${label}: %{x:.3~r} ms<extra></extra>`,
      showlegend: false,
      ...axes,
    };
  });
}

function stepLabel(row: DelayDesign, executor: string, { xaxis, yaxis }: PanelAxes): Partial<Annotation>[] {
  const step = positive(row.step);
  if (step === null) return [];
  const right = Math.max(
    ...[row.belowHighMs, row.atHighMs, row.belowMs, row.atMs].map((value) => positive(value) ?? 0),
  );
  return [
    {
      text: `×${step < 10 ? step.toFixed(1) : step.toFixed(0)}`,
      font: { color: seriesStyle(executor).color, size: 13 },
      x: Math.log10(right),
      y: row.design,
      xref: xaxis as "x",
      yref: yaxis as "y",
      xanchor: "left",
      xshift: 8,
      showarrow: false,
    },
  ];
}
