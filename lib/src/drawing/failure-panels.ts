import type { Data, LayoutAxis } from "plotly.js";
import type { Figure } from "./figure.ts";
import { intervalSeries } from "./interval-series.ts";
import { keysOnTop, markerKeys } from "./marker-keys.ts";
import { type PanelAxes, panels } from "./panels.ts";
import type { Row } from "./rows.ts";
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

export interface FailureAxis {
  /** Column of the load. */
  readonly column: string;
  readonly axis: Partial<LayoutAxis>;
  /** Where a dotted line stands in every panel. */
  readonly mark?: number;
}

const clients: FailureAxis = {
  column: "clients",
  axis: axis("Clients", null, { range: [-2, 54], dtick: 10, tick0: 0 }),
};

/**
 * Draws failure rates against the load, one panel an executor and the same lines in each.
 *
 * @param rows failure shares of one line on one executor, with their intervals
 * @param load what the load is; clients by default
 */
export function failurePanels<Line extends FailureLine>(
  executors: readonly string[],
  lines: readonly Line[],
  rows: (executor: string, line: Line) => Row[],
  load: FailureAxis = clients,
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
          x: (row: Row) => row[load.column] as number,
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
