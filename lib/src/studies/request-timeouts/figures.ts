import type { Annotation, Data } from "plotly.js";
import { directLabels } from "../../drawing/direct-labels.ts";
import { type FailureAxis, type FailureRow, failurePanels } from "../../drawing/failure-panels.ts";
import type { Figure } from "../../drawing/figure.ts";
import { intervalSeries } from "../../drawing/interval-series.ts";
import { type PanelAxes, panels } from "../../drawing/panels.ts";
import { positive } from "../../drawing/positive.ts";
import { type PublishedRow, tokioFailures } from "../../drawing/published-rows.ts";
import { axis, seriesStyle } from "../../drawing/theme.ts";
import { intervalNames } from "../../summary/interval-columns.ts";
import { levelsOf, rowsOf } from "../../summary/rows.ts";
import type { FailureRate, RequestLatencies, VictimFailures } from "./analysis.ts";

const tokioName = "tokio (published)";
const clients = (row: { readonly clients: number }) => row.clients;
const load: FailureAxis<FailureRow & { readonly clients: number }> = {
  x: clients,
  axis: axis("Clients", null, { range: [-2, 54], dtick: 10, tick0: 0 }),
};

/**
 * Draws the failure rate against clients, closed loop, one panel an executor, Tokio's published rates in each.
 *
 * @param failures what `failureRates` gives
 * @param published what `publishedTokio("request-timeouts")` gives
 * @param workers the worker count to draw
 */
export function requestTimeoutsFailures(
  failures: readonly FailureRate[],
  published: readonly PublishedRow[],
  workers: number,
): Figure {
  const closed = rowsOf(failures, { load: "closed-loop", workers });
  const executors = levelsOf(closed, "executor");
  const tokio = tokioFailures(published);
  const { layout, axes } = panels(
    executors.map((text) => ({ text, color: seriesStyle(text).color })),
    {
      columns: 3,
      x: load.axis,
      y: axis("Failed requests", "%", { range: [-3, 103], dtick: 25 }),
    },
  );
  const data: Data[] = [];
  const annotations: Partial<Annotation>[] = [...(layout.annotations ?? [])];
  for (const [i, executor] of executors.entries()) {
    const panel = axes[i] as PanelAxes;
    const shared = { x: clients, scale: 100, axes: panel, unit: "%" };
    data.push(
      intervalSeries({
        ...shared,
        name: tokioName,
        rows: tokio,
        y: ["failureShare"],
        style: seriesStyle(tokioName),
        open: true,
      }),
      intervalSeries({
        ...shared,
        name: executor,
        rows: rowsOf(closed, { executor }),
        y: ["failureShare", "failureLowShare", "failureHighShare"],
        style: seriesStyle(executor),
      }),
    );
    if (i === 0) annotations.push(...tokioLabel(tokio, panel));
  }
  return {
    id: "request-timeouts-failures",
    title: "Failed requests against clients",
    alt: `Share of failed requests in percent against the number of clients at ${workers} workers, closed loop: one panel for each of ${executors.join(", ")}, with 95 % intervals over runs and the rates published for Tokio in each.`,
    data,
    layout: { ...layout, height: 360, annotations },
  };
}

/** Names the published line below it, where it is steep and the space is free. */
function tokioLabel(tokio: ReturnType<typeof tokioFailures>, axes: PanelAxes): Partial<Annotation>[] {
  const at = tokio.find(({ failureShare }) => failureShare > 0.3);
  if (at === undefined) return [];
  const label = {
    text: "Tokio<br>(published)",
    color: seriesStyle(tokioName).color,
    x: clients(at) + 3,
    y: at.failureShare * 100 - 12,
  };
  return directLabels([label], { gap: 1, axes });
}

const bounds = ["p50Ms", "p50HighMs", "p99Ms", "p99HighMs"] as const;
const quantiles = [
  { name: "p50", columns: intervalNames("p50", "Ms"), open: true },
  { name: "p99", columns: intervalNames("p99", "Ms"), open: false },
] as const;

/**
 * Draws how long requests took against clients, closed loop, one panel an executor.
 *
 * @param latencies what `requestLatencies` gives
 * @param workers the worker count to draw
 */
export function requestTimeoutsLatency(latencies: readonly RequestLatencies[], workers: number): Figure {
  const closed = rowsOf(latencies, { load: "closed-loop", workers });
  const executors = levelsOf(closed, "executor");
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
    const rows = rowsOf(closed, { executor });
    const style = seriesStyle(executor);
    for (const { name, columns, open } of quantiles) {
      data.push(
        intervalSeries({
          name,
          rows,
          x: clients,
          y: columns,
          style,
          open,
          axes: panel,
          unit: "ms",
        }),
      );
      const last = rows.findLast((row) => positive(row[columns[0]]) !== null);
      const y = last?.[columns[0]];
      if (last === undefined || y == null) continue;
      const label = { text: name, color: style.color, x: clients(last), y };
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
export function requestTimeoutsOpenLoop(failures: readonly FailureRate[], workers: number): Figure {
  const measured = (name: FailureRate["load"]) =>
    levelsOf(rowsOf(failures, { workers, load: name }), "executor");
  const both = measured("open-loop");
  const executors = both.length > 0 ? both : measured("closed-loop");
  return {
    id: "request-timeouts-open-loop",
    title: "Closed loop and open loop",
    alt: `Share of failed requests in percent against the number of clients at ${workers} workers, for ${executors.join(" and ")}: clients that wait for their last request (closed loop) and clients that send at intended times (open loop), with 95 % intervals over runs.`,
    ...failurePanels(
      executors,
      loads,
      (executor, { load: name }) => rowsOf(failures, { workers, executor, load: name }),
      load,
    ),
  };
}

const kinds = [
  { who: "bystanders", label: "never blocked (bystanders)", open: false, dash: "solid" },
  { who: "culprits", label: "blocked a worker (culprits)", open: true, dash: "dot" },
] as const;

/**
 * Draws the failure rate of requests that blocked a worker beside that of requests that did not, one panel an executor:
 * where the lines fall together, a failure does not point to its cause.
 *
 * @param victims what `failureVictims` gives
 */
export function requestTimeoutsVictims(victims: readonly VictimFailures[]): Figure {
  const executors = levelsOf(victims, "executor");
  return {
    id: "request-timeouts-victims",
    title: "Who fails",
    alt: `Share of failed requests in percent against the number of clients, closed loop, one panel for each of ${executors.join(", ")}: requests that blocked a worker themselves and requests that never did, with 95 % intervals over runs.`,
    ...failurePanels(executors, kinds, (executor, { who }) => rowsOf(victims, { executor, who }), load),
  };
}
