import type { ColumnTable } from "arquero";
import type { Data } from "plotly.js";
import type { Figure } from "./figure.ts";
import { intervalSeries } from "./interval-series.ts";
import { keysOnTop, markerKeys } from "./marker-keys.ts";
import { type PanelAxes, panels } from "./panels.ts";
import { levelsOf, type Row, rowsOf } from "./rows.ts";
import { axis, seriesStyle } from "./theme.ts";

const loads = [
  { load: "open-loop", label: "open loop", open: false, dash: "solid" },
  { load: "closed-loop", label: "closed loop", open: true, dash: "dot" },
] as const;

/**
 * Draws the failure rate of clients that wait for their last request beside that of clients that do not, one panel an
 * executor that was measured both ways.
 *
 * @param failures what `failureRates` gives
 * @param workers the worker count to draw
 */
export function requestTimeoutsOpenLoop(failures: ColumnTable, workers: number): Figure {
  const both = levelsOf<string>(rowsOf(failures, { workers, load: "open-loop" }), "executor");
  const executors =
    both.length > 0 ? both : levelsOf<string>(rowsOf(failures, { workers, load: "closed-loop" }), "executor");
  const { layout, axes } = panels(
    executors.map((text) => ({ text, color: seriesStyle(text).color })),
    {
      columns: Math.min(executors.length, 3),
      x: axis("Clients", null, { range: [-2, 54], dtick: 10, tick0: 0 }),
      y: axis("Failed requests", "%", { range: [-3, 103], dtick: 25 }),
    },
  );
  const lines = executors.flatMap((executor, i) =>
    loads.map(
      ({ load, label, open, dash }): Data =>
        intervalSeries({
          name: label,
          rows: rowsOf(failures, { workers, executor, load }),
          x: (row: Row) => row["clients"] as number,
          y: ["failureShare", "failureLowShare", "failureHighShare"],
          scale: 100,
          style: { ...seriesStyle(executor), dash },
          open,
          axes: axes[i] as PanelAxes,
          unit: "%",
        }),
    ),
  );
  return {
    id: "request-timeouts-open-loop",
    title: "Closed loop and open loop",
    alt: `Share of failed requests in percent against the number of clients at ${workers} workers, for ${executors.join(" and ")}: clients that wait for their last request (closed loop) and clients that send at intended times (open loop), with 95 % intervals over runs.`,
    data: [...markerKeys(loads), ...lines],
    layout: { ...layout, height: 370, legend: keysOnTop, margin: { l: 64, r: 16, t: 64, b: 52 } },
  };
}
