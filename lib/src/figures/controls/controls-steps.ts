import type { ColumnTable } from "arquero";
import type { Annotation, Data } from "plotly.js";
import type { Figure } from "../figure.ts";
import { type PanelAxes, panels } from "../panels.ts";
import { type Row, rowsOf } from "../rows.ts";
import { axis, logAxis, seriesStyle } from "../theme.ts";
import { type Bound, whiskers } from "../whiskers.ts";

const ink = "#1f2328";

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
      marks(rows, "p99", 1, left),
      // Milliseconds in a slice of 10 ms are a tenth of percent.
      marks(rows, "wait", 10, right),
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

function marks(rows: readonly Row[], name: "p99" | "wait", scale: number, axes: PanelAxes): Data {
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
