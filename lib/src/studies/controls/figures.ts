import type { Data } from "plotly.js";
import type { Figure } from "../../drawing/figure.ts";
import { palette } from "../../drawing/palette.ts";
import { type PanelAxes, panels } from "../../drawing/panels.ts";
import { axis, logAxis, seriesStyle } from "../../drawing/theme.ts";
import { type Bound, whiskers } from "../../drawing/whiskers.ts";
import { levelsOf, rowsOf } from "../../summary/rows.ts";
import type { LabelDifference } from "./analysis/no-difference.ts";
import type { NoiseStep } from "./analysis/noise-steps.ts";

const quantiles = ["p50", "p99"] as const;

/**
 * Draws the difference between two labels of one system, median and p99, with intervals: every mark should lie on zero up
 * to chance, and its interval is the least effect that this design can see.
 *
 * @param labels what `noDifference` gives
 */
export function controlsLabels(labels: readonly LabelDifference[]): Figure {
  const systems = levelsOf(labels, "system");
  const { layout, axes } = panels(
    quantiles.map((text) => ({ text, color: palette.ink })),
    {
      columns: 2,
      x: axis("Second label − first", "ms", { zeroline: true, zerolinecolor: palette.muted }),
      y: {
        type: "category",
        categoryarray: [...systems].reverse(),
        range: [-0.6, systems.length - 0.4],
        ticks: "",
      },
      gap: [0.08, 0],
    },
  );
  // The two quantiles have scales of their own.
  const { matches: _matches, ...second } = layout["xaxis2"] ?? {};
  return {
    id: "controls-labels",
    title: "Two labels of one system",
    alt: `Difference of the median (left) and the 99th percentile (right) of the overhead in milliseconds between two labels of the same system, for ${systems.join(", ")}, with 95 % intervals over runs; zero is marked.`,
    data: quantiles.map((quantile, i) => labelMarks(rowsOf(labels, { quantile }), axes[i] as PanelAxes)),
    layout: {
      ...layout,
      xaxis2: second,
      height: 120 + 36 * Math.max(systems.length, 2),
      margin: { l: 96, r: 20, t: 34, b: 52 },
      showlegend: false,
    },
  };
}

function labelMarks(rows: readonly LabelDifference[], axes: PanelAxes): Data {
  const of = (row: LabelDifference, bound: Bound) => row[`difference${bound}Ms`];
  return {
    type: "scatter",
    mode: "markers",
    name: "difference",
    x: rows.map((row) => of(row, "")),
    y: rows.map(({ system }) => system),
    marker: {
      symbol: "circle",
      size: 9,
      color: rows.map(({ system }) => seriesStyle(system.replace("bare-timer", "bare timer")).color),
    },
    error_x: whiskers(rows, of, palette.muted),
    hovertemplate: "%{y}: %{x:.3~r} ms<extra></extra>",
    showlegend: false,
    ...axes,
  } as Data;
}

/**
 * Draws what stands between bare timers and an executor without blockers: p99 of each step with the same number of tasks,
 * and beside it the share of time in which the dispatching thread was ready and had no core.
 *
 * @param steps what `noiseSteps` gives
 * @param tasks how many tasks sleep at once
 */
export function controlsSteps(steps: readonly NoiseStep[], tasks: number): Figure {
  const rows = rowsOf(steps, { tasks });
  const names = rows.map(({ step }) => step);
  const { layout, axes } = panels(
    [
      { text: "Overhead p99", color: palette.ink },
      { text: "Dispatcher without a core", color: palette.ink },
    ],
    {
      columns: 2,
      x: logAxis("", "ms"),
      y: {
        type: "category",
        categoryarray: [...names].reverse(),
        range: [-0.6, names.length - 0.4],
        ticks: "",
      },
      gap: [0.09, 0],
    },
  );
  const [left, right] = axes as [PanelAxes, PanelAxes];
  const share = { ...layout["xaxis2"], ...axis("% of the time", null) };
  const { matches: _matches, dtick: _dtick, tickformat: _tickformat, minor: _minor, ...second } = share;
  return {
    id: "controls-steps",
    title: "What stands between the bare timer and an executor",
    alt: `With ${tasks} tasks and no blockers, 99th percentile of the overhead in milliseconds (left) and share of time in percent in which the dispatching thread was ready without a core (right), for ${names.join("; ")}, with 95 % intervals over runs.`,
    data: [
      stepMarks(rows, "p99", 1, left),
      // Milliseconds in a slice of 10 ms are a tenth of percent.
      stepMarks(rows, "wait", 10, right),
    ],
    layout: {
      ...layout,
      xaxis: { ...layout.xaxis, title: { text: "ms" } },
      xaxis2: { ...second, type: "linear", rangemode: "tozero" },
      height: 120 + 30 * Math.max(names.length, 2),
      margin: { l: 178, r: 20, t: 34, b: 52 },
      showlegend: false,
    },
  };
}

function stepMarks(rows: readonly NoiseStep[], name: "p99" | "wait", scale: number, axes: PanelAxes): Data {
  const of = (row: NoiseStep, bound: Bound) => {
    const value = row[`${name}${bound}Ms`];
    return value === null ? null : value * scale;
  };
  return {
    type: "scatter",
    mode: "markers",
    name,
    x: rows.map((row) => of(row, "")),
    y: rows.map(({ step }) => step),
    marker: { symbol: "circle", size: 9, color: rows.map(({ step }) => colorOf(step)) },
    error_x: whiskers(rows, of, palette.muted),
    hovertemplate: `%{y}: %{x:.3~r} ${name === "p99" ? "ms" : "%"}<extra></extra>`,
    showlegend: false,
    ...axes,
  } as Data;
}

function colorOf(step: string): string {
  if (step.startsWith("bare timer")) return seriesStyle("bare timer").color;
  if (step.startsWith("run queue")) return seriesStyle("run-queue").color;
  return seriesStyle(step.startsWith("pinned") ? "pinned" : "piscina").color;
}
