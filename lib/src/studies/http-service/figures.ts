import type { ColumnTable } from "arquero";
import type { Shape } from "plotly.js";
import type { Figure } from "../../drawing/figure.ts";
import { intervalSeries } from "../../drawing/interval-series.ts";
import { keysOnTop } from "../../drawing/marker-keys.ts";
import { lineKey, modelLine } from "../../drawing/model-line.ts";
import { type PanelAxes, panels } from "../../drawing/panels.ts";
import { levelsOf, type Row, rowsOf } from "../../drawing/rows.ts";
import { axis, type SeriesStyle } from "../../drawing/theme.ts";
import { burstPhases } from "../../tables/burst-phases.ts";

const STYLES: Readonly<Record<string, SeriesStyle>> = {
  "as-is": { color: "#D55E00", dash: "solid", symbol: "circle" },
  offloaded: { color: "#0072B2", dash: "dash", symbol: "square" },
  "abort-queued": { color: "#009E73", dash: "solid", symbol: "diamond" },
  "skip-expired": { color: "#CC79A7", dash: "dot", symbol: "triangle-up" },
};

const NAMES: Readonly<Record<string, string>> = {
  "as-is": "as is",
  offloaded: "offloaded",
  "abort-queued": "aborted if queued",
  "skip-expired": "skipped if expired",
};

/**
 * Gives how a treatment looks in every figure of the service.
 * @throws RangeError for a treatment without a style.
 */
export function treatmentStyle(treatment: string): SeriesStyle {
  const style = STYLES[treatment];
  if (style === undefined) {
    throw new RangeError(`treatment must be one of ${Object.keys(STYLES).join(", ")}; got ${treatment}`);
  }
  return style;
}

/** Names a treatment for readers. */
export function treatmentName(treatment: string): string {
  return NAMES[treatment] ?? treatment;
}

const INK = "#1f2328";
const ASKED = { color: "#7d8590", dash: "dash", symbol: "x" } as const;
const BURST = "#f0f2f4";

const seconds = (row: Row) => row["seconds"] as number;

/**
 * Draws goodput over time around a burst, one panel for clients that do not retry and one for clients that do, one line a
 * treatment, beside the requests that were meant to start.
 *
 * @param overTime what `goodputOverTime` gives
 */
export function httpServiceBurst(overTime: ColumnTable): Figure {
  const all = rowsOf(overTime);
  const treatments = levelsOf<string>(all, "treatment");
  const retries = levelsOf<number>(all, "retries").sort((a, b) => a - b);
  const most = Math.max(1, ...all.map((row) => Number(row["offered"] ?? 0)));
  const { layout, axes } = panels(
    retries.map((count) => ({ text: count === 0 ? "no retries" : `up to ${count} retries`, color: INK })),
    {
      columns: 2,
      x: axis("Time", "s", { range: [0, 5.1], dtick: 1, tick0: 0 }),
      y: axis("Requests", "1/s", { range: [-0.03 * most, 1.06 * most] }),
    },
  );
  const lines = retries.flatMap((count, i) => {
    const panel = axes[i] as PanelAxes;
    const asked = all.filter((row) => row["retries"] === count && row["treatment"] === (treatments[0] ?? ""));
    return [
      modelLine({
        name: "asked for",
        rows: asked,
        x: seconds,
        y: ["offered"],
        style: ASKED,
        axes: panel,
        unit: "1/s",
      }),
      ...treatments.map((treatment) =>
        intervalSeries({
          name: treatmentName(treatment),
          rows: all.filter((row) => row["retries"] === count && row["treatment"] === treatment),
          x: seconds,
          y: ["goodput", "goodputLow", "goodputHigh"],
          style: treatmentStyle(treatment),
          axes: panel,
          unit: "1/s",
        }),
      ),
    ];
  });
  const keys = treatments.map((treatment) => {
    const { dash, color } = treatmentStyle(treatment);
    return lineKey(treatmentName(treatment), dash, color);
  });
  return {
    id: "http-service-burst",
    title: "Goodput around a burst",
    alt: `Requests a second over time before, during and after a burst of one second: those asked for, and those answered in time for each of ${treatments.map(treatmentName).join(", ")}; one panel for each number of retries (${retries.join(", ")}), with 95 % intervals over runs.`,
    data: [lineKey("asked for", ASKED.dash, ASKED.color), ...keys, ...lines],
    layout: {
      ...layout,
      height: 380,
      shapes: axes.map(burstMark),
      legend: keysOnTop,
      margin: { l: 64, r: 16, t: 64, b: 52 },
    },
  };
}

/** Shades the burst through the whole height of a panel. */
function burstMark({ xaxis, yaxis }: PanelAxes): Partial<Shape> {
  const { beforeMs, burstMs } = burstPhases;
  return {
    type: "rect",
    layer: "below",
    x0: beforeMs / 1000,
    x1: (beforeMs + burstMs) / 1000,
    xref: xaxis as "x",
    y0: 0,
    y1: 1,
    yref: `${yaxis} domain` as "paper",
    fillcolor: BURST,
    line: { width: 0 },
  };
}

const paths = [
  { text: "requests that never block", column: "plainFailure" },
  { text: "requests that block", column: "blockingFailure" },
] as const;

/**
 * Draws the failure rate against connections in closed loop, one panel for the requests that never block and one for
 * those that do, one line a treatment: whom each treatment saves.
 *
 * @param rates what `serviceRates` gives
 */
export function httpServiceFailures(rates: ColumnTable): Figure {
  const all = rowsOf(rates, { load: "closed-loop" });
  const treatments = levelsOf<string>(all, "treatment");
  const { layout, axes } = panels(
    paths.map(({ text }) => ({ text, color: INK })),
    {
      columns: 2,
      x: axis("Connections", null, { range: [0, 53], dtick: 10, tick0: 0 }),
      y: axis("Failed requests", "%", { range: [-3, 103], dtick: 25 }),
    },
  );
  const lines = paths.flatMap(({ column }, i) =>
    treatments.map((treatment) =>
      intervalSeries({
        name: treatmentName(treatment),
        rows: all.filter((row) => row["treatment"] === treatment),
        x: (row: Row) => row["connections"] as number,
        y: [`${column}Share`, `${column}LowShare`, `${column}HighShare`],
        scale: 100,
        style: treatmentStyle(treatment),
        axes: axes[i] as PanelAxes,
        unit: "%",
      }),
    ),
  );
  const keys = treatments.map((treatment) => {
    const { dash, color } = treatmentStyle(treatment);
    return lineKey(treatmentName(treatment), dash, color);
  });
  return {
    id: "http-service-failures",
    title: "Whom each treatment saves",
    alt: `Share of failed requests in percent against the number of connections, closed loop: one panel for requests that never block and one for requests that block, one line for each of ${treatments.map(treatmentName).join(", ")}, with 95 % intervals over runs.`,
    data: [...keys, ...lines],
    layout: { ...layout, height: 380, legend: keysOnTop, margin: { l: 64, r: 16, t: 64, b: 52 } },
  };
}
