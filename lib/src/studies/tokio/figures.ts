import type { Data } from "plotly.js";
import type { Figure } from "../../drawing/figure.ts";
import { intervalSeries } from "../../drawing/interval-series.ts";
import { keysOnTop, markerKeys } from "../../drawing/marker-keys.ts";
import { palette } from "../../drawing/palette.ts";
import { type PanelAxes, panels } from "../../drawing/panels.ts";
import { axis, logAxis, seriesStyle } from "../../drawing/theme.ts";
import { type Bound, whiskers } from "../../drawing/whiskers.ts";
import { levelsOf, rowsOf } from "../../summary/rows.ts";
import { publishedWorkers } from "../../tables/main-workers.ts";
import type { DelayBesideTokio } from "./analysis/delays.ts";
import type { FailureBesideTokio } from "./analysis/failures.ts";

/**
 * Draws by how many percentage points failure rates differ from those published for Tokio, one line a published point.
 *
 * @param failures what `failuresBesideTokio` gives
 */
export function tokioFailureGaps(failures: readonly FailureBesideTokio[]): Figure {
  const measured = failures.filter(({ apart }) => apart !== null);
  const points = levelsOf(measured, "at");
  const executors = levelsOf(measured, "executor");
  const data = executors.map((executor, i) =>
    marks(executor, rowsOf(measured, { executor }), points, (i - (executors.length - 1) / 2) * 0.22),
  );
  return {
    id: "tokio-failure-gaps",
    title: "Failure rates less those published for Tokio",
    alt: `Failure rate less the one published for Tokio, in percentage points, for ${executors.join(", ")}, with 95 % intervals over runs, one line for each published point: ${points.join("; ")}.`,
    data,
    layout: {
      xaxis: axis("Failure rate less Tokio's", "percentage points", {
        range: [-15, 105],
        dtick: 25,
        zeroline: true,
        zerolinecolor: palette.muted,
      }),
      yaxis: {
        tickvals: points.map((_, i) => -i),
        ticktext: [...points],
        range: [0.6 - Math.max(points.length, 1), 0.6],
        ticks: "",
      },
      height: 120 + 30 * Math.max(points.length, 3),
      margin: { l: 190, r: 16, t: 40, b: 52 },
    },
  };
}

const apartColumns = { "": "apart", Low: "apartLow", High: "apartHigh" } as const;

/** Numbers instead of categories on the vertical axis let the executors of one point stand below each other. */
function marks(
  executor: string,
  rows: readonly FailureBesideTokio[],
  points: readonly string[],
  offset: number,
): Data {
  const { color, symbol } = seriesStyle(executor);
  const apart = (row: FailureBesideTokio, bound: Bound) => {
    const share = row[apartColumns[bound]];
    return share === null ? null : share * 100;
  };
  return {
    type: "scatter",
    mode: "markers",
    name: executor,
    x: rows.map((row) => apart(row, "")),
    y: rows.map((row) => -points.indexOf(row.at) - offset),
    text: rows.map(({ at }) => at),
    marker: { symbol, size: 9, color },
    error_x: whiskers(rows, apart, color),
    hovertemplate: `%{text}, ${executor}: %{x:.1f} points<extra></extra>`,
    showlegend: true,
  } as Data;
}

const tokioName = "tokio (published)";
const quantities = [
  { quantity: "p99 over its own floor", label: "p99", open: false },
  { quantity: "p50 over its own floor", label: "p50", open: true },
] as const;

const sides = {
  tokio: ["tokio", "tokioLow", "tokioHigh"],
  ours: ["ours", "oursLow", "oursHigh"],
} as const;

/**
 * Draws each system against its own healthy state: quantiles of the overhead as multiples of the same quantile without
 * blockers, one panel a system, Tokio's published values in the last.
 *
 * @param delays what `delaysBesideTokio` gives
 * @param tasks the number of tasks to draw
 */
export function tokioMultiples(delays: readonly DelayBesideTokio[], tasks: number): Figure {
  const rows = rowsOf(delays, { tasks });
  const executors = levelsOf(rows, "executor");
  const systems = [...executors, tokioName] as const;
  const { layout, axes } = panels(
    systems.map((text) => ({ text, color: seriesStyle(text).color })),
    {
      columns: 2,
      x: axis(`Blocked workers, of ${publishedWorkers}`, null, {
        range: [0.6, publishedWorkers + 0.4],
        dtick: 1,
        tick0: 0,
      }),
      y: logAxis("Multiple of its own value", "×", { range: [-0.45, 2.65] }),
    },
  );
  const data: Data[] = systems.flatMap((system, i) =>
    quantities.map(({ quantity, label, open }) => {
      // Every executor's rows repeat what was published.
      const executor = system === tokioName ? executors[0] : system;
      return intervalSeries({
        name: `${system}, ${label}`,
        rows: rows.filter((row) => row.executor === executor && row.quantity === quantity),
        x: ({ blockers }) => blockers,
        y: sides[system === tokioName ? "tokio" : "ours"],
        style: seriesStyle(system),
        open,
        axes: axes[i] as PanelAxes,
        unit: "×",
      });
    }),
  );
  return {
    id: "tokio-multiples",
    title: "Each system against its own floor",
    alt: `Median and 99th percentile of the overhead as multiples of their values without blockers, on a logarithmic scale, against the number of blocked workers of ${publishedWorkers}: one panel for each of ${systems.join(", ")}, ${tasks} tasks, with 95 % intervals over runs and the range of the published runs.`,
    data: [...markerKeys(quantities), ...data],
    layout: { ...layout, height: 520, legend: keysOnTop, margin: { l: 64, r: 16, t: 64, b: 52 } },
  };
}
