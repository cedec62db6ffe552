import type { ColumnTable } from "arquero";
import type { Annotation, Data } from "plotly.js";
import { directLabels } from "./direct-labels.ts";
import type { Figure } from "./figure.ts";
import { intervalSeries } from "./interval-series.ts";
import { logRange } from "./log-range.ts";
import { type PanelAxes, panels } from "./panels.ts";
import { levelsOf, positive, type Row, rowsOf } from "./rows.ts";
import { axis, logAxis, seriesStyle } from "./theme.ts";

const clients = (row: Row) => row["clients"] as number;
const columns = ["p50", "p99"].flatMap((name) => [`${name}Ms`, `${name}LowMs`, `${name}HighMs`]);

/**
 * Draws how long requests took against clients, closed loop, one panel an executor.
 *
 * @param latencies what `requestLatencies` gives
 */
export function requestTimeoutsLatency(latencies: ColumnTable): Figure {
  const workers = Math.max(...levelsOf<number>(rowsOf(latencies, { load: "closed-loop" }), "workers"));
  const closed = rowsOf(latencies, { load: "closed-loop", workers });
  const executors = levelsOf<string>(closed, "executor");
  const { layout, axes } = panels(
    executors.map((text) => ({ text, color: seriesStyle(text).color })),
    {
      columns: 3,
      x: axis("Clients", null, { range: [-2, 62], dtick: 10, tick0: 0 }),
      y: logAxis("Latency", "ms", { range: logRange(closed, columns) }),
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
          log: true,
          style,
          open: name === "p50",
          axes: panel,
          unit: "ms",
        }),
      );
      const last = rows.findLast((row) => positive(row[`${name}Ms`]) !== null);
      if (last === undefined) continue;
      const label = { text: name, color: style.color, x: clients(last), y: last[`${name}Ms`] as number };
      annotations.push(...directLabels([label], { log: true, gap: 0.1, axes: panel }));
    }
  }
  return {
    id: "request-timeouts-latency",
    title: "Latency against clients",
    alt: `Median and 99th percentile of the latency of requests in milliseconds, on a logarithmic axis, against the number of clients at ${workers} workers, closed loop: one panel for each of ${executors.join(", ")}.`,
    data,
    layout: { ...layout, height: 360, annotations },
  };
}
