import type { ColumnTable } from "arquero";
import type { Annotation, Data } from "plotly.js";
import type { Figure } from "../../drawing/figure.ts";
import { type PanelAxes, panels } from "../../drawing/panels.ts";
import { type Row, rowsOf } from "../../drawing/rows.ts";
import { axis, logAxis, seriesStyle } from "../../drawing/theme.ts";
import { type Bound, whiskers } from "../../drawing/whiskers.ts";

const quantiles = ["p50", "p99"] as const;
const ink = "#1f2328";

/**
 * Draws the difference between two labels of one system, median and p99, with intervals: every mark should lie on zero up
 * to chance, and its interval is the least effect that this design can see.
 *
 * @param labels what `noDifference` gives
 */
export function controlsLabels(labels: ColumnTable): Figure {
  const systems = [...new Set(rowsOf(labels).map(({ system }) => String(system)))];
  const { layout, axes } = panels(
    quantiles.map((text) => ({ text, color: ink })),
    {
      columns: 2,
      x: axis("Second label − first", "ms", { zeroline: true, zerolinecolor: "#57606a" }),
      y: {
        type: "category",
        categoryarray: [...systems].reverse(),
        range: [-0.6, systems.length - 0.4],
        ticks: "",
      },
      gap: [0.08, 0],
    },
  );
  const { xaxis2, ...rest } = layout as typeof layout & { xaxis2?: object };
  return {
    id: "controls-labels",
    title: "Two labels of one system",
    alt: `Difference of the median (left) and the 99th percentile (right) of the overhead in milliseconds between two labels of the same system, for ${systems.join(", ")}, with 95 % intervals over runs; zero is marked.`,
    data: quantiles.map((quantile, i) => labelMarks(rowsOf(labels, { quantile }), axes[i] as PanelAxes)),
    layout: {
      ...rest,
      // The two quantiles have scales of their own.
      xaxis2: { ...xaxis2, matches: undefined },
      height: 120 + 36 * Math.max(systems.length, 2),
      margin: { l: 96, r: 20, t: 34, b: 52 },
      showlegend: false,
    } as unknown as Figure["layout"],
  };
}

function labelMarks(rows: readonly Row[], axes: PanelAxes): Data {
  const of = (row: Row, bound: Bound) => {
    const value = row[`difference${bound}Ms`];
    return typeof value === "number" ? value : null;
  };
  return {
    type: "scatter",
    mode: "markers",
    name: "difference",
    x: rows.map((row) => of(row, "")),
    y: rows.map(({ system }) => String(system)),
    marker: {
      symbol: "circle",
      size: 9,
      color: rows.map(({ system }) => seriesStyle(String(system).replace("bare-timer", "bare timer")).color),
    },
    error_x: whiskers(rows, of, "#57606a"),
    hovertemplate: "%{y}: %{x:.3~g} ms<extra></extra>",
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
export function controlsSteps(steps: ColumnTable, tasks: number): Figure {
  const rows = rowsOf(steps, { tasks });
  const names = rows.map(({ step }) => String(step));
  const { layout, axes } = panels(
    [
      { text: "Overhead p99", color: ink },
      { text: "Dispatcher without a core", color: ink },
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
  const { xaxis2, ...rest } = layout as typeof layout & { xaxis2?: object };
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
      ...rest,
      xaxis: { ...(layout.xaxis as object), title: { text: "ms" } },
      xaxis2: {
        ...xaxis2,
        ...axis("% of the time", null),
        type: "linear",
        matches: undefined,
        rangemode: "tozero",
        dtick: undefined,
        tickformat: undefined,
        minor: undefined,
      },
      height: 120 + 30 * Math.max(names.length, 2),
      annotations: [...((layout.annotations ?? []) as Partial<Annotation>[])],
      margin: { l: 178, r: 20, t: 34, b: 52 },
      showlegend: false,
    } as unknown as Figure["layout"],
  };
}

function stepMarks(rows: readonly Row[], name: "p99" | "wait", scale: number, axes: PanelAxes): Data {
  const of = (row: Row, bound: Bound) => {
    const value = row[`${name}${bound}Ms`];
    return typeof value === "number" ? value * scale : null;
  };
  const colors = rows.map((row) => colorOf(String(row["step"])));
  return {
    type: "scatter",
    mode: "markers",
    name,
    x: rows.map((row) => of(row, "")),
    y: rows.map(({ step }) => String(step)),
    marker: { symbol: "circle", size: 9, color: colors },
    error_x: whiskers(rows, of, "#57606a"),
    hovertemplate: `%{y}: %{x:.3~g} ${name === "p99" ? "ms" : "%"}<extra></extra>`,
    showlegend: false,
    ...axes,
  } as Data;
}

function colorOf(step: string): string {
  if (step.startsWith("bare timer")) return seriesStyle("bare timer").color;
  if (step.startsWith("run queue")) return seriesStyle("run-queue").color;
  return seriesStyle(step.startsWith("pinned") ? "pinned" : "piscina").color;
}
