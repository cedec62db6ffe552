import type { ColumnTable } from "arquero";
import type { Annotation, Data } from "plotly.js";
import { directLabels } from "../direct-labels.ts";
import type { Figure } from "../figure.ts";
import { intervalSeries } from "../interval-series.ts";
import { type PanelAxes, panels } from "../panels.ts";
import { levelsOf, positive, type Row, rowsOf } from "../rows.ts";
import { axis, seriesStyle } from "../theme.ts";

const clients = (row: Row) => row["clients"] as number;

const bounds = ["p50Ms", "p50HighMs", "p99Ms", "p99HighMs"];

/**
 * Draws how long requests took against clients, closed loop, one panel an executor.
 *
 * @param latencies what `requestLatencies` gives
 * @param workers the worker count to draw
 */
export function requestTimeoutsLatency(latencies: ColumnTable, workers: number): Figure {
  const closed = rowsOf(latencies, { load: "closed-loop", workers });
  const executors = levelsOf<string>(closed, "executor");
  const most = Math.max(1, ...closed.flatMap((row) => bounds.map((name) => positive(row[name]) ?? 0)));
  const { layout, axes } = panels(
    executors.map((text) => ({ text, color: seriesStyle(text).color })),
    {
      columns: 3,
      x: axis("Clients", null, { range: [-2, 62], dtick: 10, tick0: 0 }),
      y: axis("Latency", "ms", { range: [0, 1.05 * most] }),
    },
  );
  const data: Data[] = [];
  const annotations: Partial<Annotation>[] = [...(layout.annotations ?? [])];
  for (const [i, executor] of executors.entries()) {
    const panel = axes[i] as PanelAxes;
    const rows = closed.filter((row) => row["executor"] === executor);
    const style = seriesStyle(executor);
    for (const name of ["p50", "p99"] as const) {
      data.push(
        intervalSeries({
          name,
          rows,
          x: clients,
          y: [`${name}Ms`, `${name}LowMs`, `${name}HighMs`],
          style,
          open: name === "p50",
          axes: panel,
          unit: "ms",
        }),
      );
      const last = rows.findLast((row) => positive(row[`${name}Ms`]) !== null);
      if (last === undefined) continue;
      const label = { text: name, color: style.color, x: clients(last), y: last[`${name}Ms`] as number };
      annotations.push(...directLabels([label], { gap: 1, axes: panel }));
    }
  }
  return {
    id: "request-timeouts-latency",
    title: "Latency against clients",
    alt: `Median and 99th percentile of the latency of requests in milliseconds against the number of clients at ${workers} workers, closed loop: one panel for each of ${executors.join(", ")}.`,
    data,
    layout: { ...layout, height: 360, annotations },
  };
}
