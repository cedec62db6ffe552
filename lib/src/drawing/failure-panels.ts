import type { Data, LayoutAxis } from "plotly.js";
import type { Figure } from "./figure.ts";
import { intervalSeries } from "./interval-series.ts";
import { keysOnTop, markerKeys } from "./marker-keys.ts";
import { type PanelAxes, panels } from "./panels.ts";
import { saturationLine } from "./saturation-mark.ts";
import { axis, seriesStyle } from "./theme.ts";

/** One of the lines in every panel, and how it is told from the others. */
export interface FailureLine {
  readonly label: string;
  readonly open: boolean;
  readonly dash: "solid" | "dash" | "dot";
  /** Series whose colour and symbol it has in every panel, instead of the panel's executor. */
  readonly series?: string;
}

/** A share of failed requests, with its interval where it has one. */
export interface FailureRow {
  readonly failureShare: number | null;
  readonly failureLowShare?: number | null;
  readonly failureHighShare?: number | null;
}

export interface FailureAxis<R> {
  /** The load of a row. */
  readonly x: (row: R) => number;
  readonly axis: Partial<LayoutAxis>;
  /** Where a dotted line stands in every panel. */
  readonly mark?: number;
}

/**
 * Draws failure rates against the load, one panel an executor and the same lines in each.
 *
 * @param rows failure shares of one line on one executor, with their intervals
 * @param load what the load is
 */
export function failurePanels<Name extends string, Line extends FailureLine, R extends FailureRow>(
  executors: readonly Name[],
  lines: readonly Line[],
  rows: (executor: Name, line: Line) => readonly R[],
  load: FailureAxis<R>,
): Pick<Figure, "data" | "layout"> {
  const { layout, axes } = panels(
    executors.map((text) => ({ text, color: seriesStyle(text).color })),
    {
      columns: Math.min(executors.length, 3),
      x: load.axis,
      y: axis("Failed requests", "%", { range: [-3, 103], dtick: 25 }),
    },
  );
  const series = executors.flatMap((executor, i) =>
    lines.map(
      (line): Data =>
        intervalSeries({
          name: line.label,
          rows: rows(executor, line),
          x: load.x,
          y: ["failureShare", "failureLowShare", "failureHighShare"],
          scale: 100,
          style: { ...seriesStyle(line.series ?? executor), dash: line.dash },
          open: line.open,
          axes: axes[i] as PanelAxes,
          unit: "%",
        }),
    ),
  );
  return {
    data: [...markerKeys(lines), ...series],
    layout: {
      ...layout,
      height: 370,
      legend: keysOnTop,
      margin: { l: 64, r: 16, t: 64, b: 52 },
      ...(load.mark !== undefined && {
        shapes: axes.map((panel) => saturationLine(load.mark as number, panel)),
      }),
    },
  };
}
