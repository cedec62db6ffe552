import type { Data, Shape } from "plotly.js";
import type { Figure } from "../../drawing/figure.ts";
import { intervalSeries } from "../../drawing/interval-series.ts";
import { keysOnTop } from "../../drawing/marker-keys.ts";
import { lineKey, modelLine } from "../../drawing/model-line.ts";
import { palette } from "../../drawing/palette.ts";
import { type PanelAxes, panels } from "../../drawing/panels.ts";
import { axis, type SeriesStyle } from "../../drawing/theme.ts";
import { levelsOf, rowsOf } from "../../summary/rows.ts";
import { burstPhases } from "../../tables/burst-phases.ts";
import type { GoodputOverTime, ServiceRate } from "./analysis.ts";
import type { ServiceScenario } from "./experiment.ts";

type Treatment = ServiceScenario["treatment"];

/** How a treatment looks in every figure of the service. */
export const treatmentStyles = {
  "as-is": { color: palette.vermilion, dash: "solid", symbol: "circle" },
  offloaded: { color: palette.blue, dash: "dash", symbol: "square" },
  "abort-queued": { color: palette.green, dash: "solid", symbol: "diamond" },
  "skip-expired": { color: palette.purple, dash: "dot", symbol: "triangle-up" },
} as const satisfies Record<Treatment, SeriesStyle>;

const treatmentNames: Readonly<Record<Treatment, string>> = {
  "as-is": "as is",
  offloaded: "offloaded",
  "abort-queued": "aborted if queued",
  "skip-expired": "skipped if expired",
};

const ASKED = { color: palette.faint, dash: "dash", symbol: "x" } as const;

const seconds = (row: GoodputOverTime) => row.seconds;

/**
 * Draws goodput over time around a burst, one panel for clients that do not retry and one for clients that do, one line a
 * treatment, beside the requests that were meant to start.
 *
 * @param overTime what `goodputOverTime` gives
 */
export function httpServiceBurst(overTime: readonly GoodputOverTime[]): Figure {
  const treatments = levelsOf(overTime, "treatment");
  const retries = levelsOf(overTime, "retries").sort((a, b) => a - b);
  const most = Math.max(1, ...overTime.map(({ offered }) => offered ?? 0));
  const { layout, axes } = panels(
    retries.map((count) => ({
      text: count === 0 ? "no retries" : `up to ${count} retries`,
      color: palette.ink,
    })),
    {
      columns: 2,
      x: axis("Time", "s", { range: [0, 5.1], dtick: 1, tick0: 0 }),
      y: axis("Requests", "1/s", { range: [-0.03 * most, 1.06 * most] }),
    },
  );
  const lines = retries.flatMap((count, i) => {
    const panel = axes[i] as PanelAxes;
    const asked = treatments
      .slice(0, 1)
      .flatMap((treatment) => rowsOf(overTime, { treatment, retries: count }));
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
          name: treatmentNames[treatment],
          rows: rowsOf(overTime, { treatment, retries: count }),
          x: seconds,
          y: ["goodput", "goodputLow", "goodputHigh"],
          style: treatmentStyles[treatment],
          axes: panel,
          unit: "1/s",
        }),
      ),
    ];
  });
  return {
    id: "http-service-burst",
    title: "Goodput around a burst",
    alt: `Requests a second over time before, during and after a burst of one second: those asked for, and those answered in time for each of ${treatments.map((treatment) => treatmentNames[treatment]).join(", ")}; one panel for each number of retries (${retries.join(", ")}), with 95 % intervals over runs.`,
    data: [lineKey("asked for", ASKED.dash, ASKED.color), ...treatments.map(treatmentKey), ...lines],
    layout: {
      ...layout,
      height: 380,
      shapes: axes.map(burstMark),
      legend: keysOnTop,
      margin: { l: 64, r: 16, t: 64, b: 52 },
    },
  };
}

/** Explains the line of a treatment once for all panels. */
function treatmentKey(treatment: Treatment): Data {
  const { dash, color } = treatmentStyles[treatment];
  return lineKey(treatmentNames[treatment], dash, color);
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
    fillcolor: palette.tint,
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
export function httpServiceFailures(rates: readonly ServiceRate[]): Figure {
  const all = rowsOf(rates, { load: "closed-loop" });
  const treatments = levelsOf(all, "treatment");
  const { layout, axes } = panels(
    paths.map(({ text }) => ({ text, color: palette.ink })),
    {
      columns: 2,
      x: axis("Connections", null, { range: [0, 53], dtick: 10, tick0: 0 }),
      y: axis("Failed requests", "%", { range: [-3, 103], dtick: 25 }),
    },
  );
  const lines = paths.flatMap(({ column }, i) =>
    treatments.map((treatment) =>
      intervalSeries({
        name: treatmentNames[treatment],
        rows: rowsOf(all, { treatment }),
        x: (row) => row.connections,
        y: [`${column}Share`, `${column}LowShare`, `${column}HighShare`] as const,
        scale: 100,
        style: treatmentStyles[treatment],
        axes: axes[i] as PanelAxes,
        unit: "%",
      }),
    ),
  );
  return {
    id: "http-service-failures",
    title: "Whom each treatment saves",
    alt: `Share of failed requests in percent against the number of connections, closed loop: one panel for requests that never block and one for requests that block, one line for each of ${treatments.map((treatment) => treatmentNames[treatment]).join(", ")}, with 95 % intervals over runs.${failuresInWords(all)}`,
    data: [...treatments.map(treatmentKey), ...lines],
    layout: { ...layout, height: 380, legend: keysOnTop, margin: { l: 64, r: 16, t: 64, b: 52 } },
  };
}

/** Says what fails at the most connections, as in ` At 50 connections fail, of requests that never block and that block: as is 63 % and 99 %.` */
function failuresInWords(rates: readonly ServiceRate[]): string {
  const connections = Math.max(...rates.map((row) => row.connections));
  const said = rowsOf(rates, { connections }).flatMap(
    ({ treatment, plainFailureShare, blockingFailureShare }) =>
      plainFailureShare === null || blockingFailureShare === null
        ? []
        : `${treatmentNames[treatment]} ${percent(plainFailureShare)} and ${percent(blockingFailureShare)}`,
  );
  return said.length === 0
    ? ""
    : ` At ${connections} connections fail, of requests that never block and of those that block: ${said.join("; ")}.`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}
