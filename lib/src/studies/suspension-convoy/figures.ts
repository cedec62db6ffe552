import type { Figure } from "../../drawing/figure.ts";
import { intervalSeries } from "../../drawing/interval-series.ts";
import { logRange } from "../../drawing/log-range.ts";
import { keysOnTop, markerKeys } from "../../drawing/marker-keys.ts";
import { lineKey, measuredMarks, modelLine } from "../../drawing/model-line.ts";
import { palette } from "../../drawing/palette.ts";
import { type PanelAxes, panels } from "../../drawing/panels.ts";
import { saturationLine } from "../../drawing/saturation-mark.ts";
import { axis, logAxis } from "../../drawing/theme.ts";
import { intervalNames } from "../../summary/interval-columns.ts";
import { rowsOf } from "../../summary/rows.ts";
import type { SuspensionCapacity, SuspensionHold } from "./analysis.ts";

/** How the two variants look and what they are called, in every figure of the suspension convoy. */
const variantStyles = [
  {
    variant: "bad",
    label: "sends under the lock",
    color: palette.vermilion,
    dash: "solid",
    symbol: "square",
  },
  { variant: "good", label: "gives it back first", color: palette.green, dash: "solid", symbol: "diamond" },
] as const;

const panelsOf = [
  {
    text: "others enter the state",
    measured: intervalNames("entriesPerSecond", ""),
    law: "lawPerSecond",
  },
  {
    text: "coordinator’s messages",
    measured: intervalNames("messagesPerSecond", ""),
    law: "channelPerSecond",
  },
] as const;

/**
 * Draws what a second leaves room for against the consumer's time for an event, both logarithmic: entries of the shared
 * state by others, and messages of the coordinator. Marks are measured, lines are the closed form.
 *
 * @param capacities what `suspensionCapacities` gives
 */
export function suspensionConvoyCapacity(capacities: readonly SuspensionCapacity[]): Figure {
  const columns = panelsOf.flatMap(({ measured: [estimate], law }) => [estimate, law]);
  const { layout, axes } = panels(
    panelsOf.map(({ text }) => ({ text, color: palette.ink })),
    {
      columns: 2,
      x: logAxis("Consumer’s time", "ms", { range: logRange(capacities, ["consumeMs"]) }),
      y: logAxis("A second", null, { range: logRange(capacities, columns) }),
    },
  );
  const data = panelsOf.flatMap(({ text, measured, law }, i) =>
    variantStyles.flatMap(({ variant, label, ...style }) => {
      const series = {
        name: `${text}: ${label}`,
        rows: rowsOf(capacities, { variant }),
        x: ({ consumeMs }: SuspensionCapacity) => consumeMs,
        log: true,
        style,
        axes: axes[i] as PanelAxes,
        unit: "a second",
      };
      return [modelLine({ ...series, y: [law] }), measuredMarks({ ...series, y: measured })];
    }),
  );
  return {
    id: "suspension-convoy-capacity",
    title: "What a suspension under a lock costs others",
    alt: "Entries of the shared state by others, and messages of the coordinator, a second, against the time the consumer takes for an event, on logarithmic scales: measured with 95 % intervals over runs, and the closed form as lines, for sending under the lock and for giving it back first.",
    data: [
      ...variantStyles.map(({ label, color }) => lineKey(label, "solid", color)),
      ...markerKeys([{ label: "measured", open: false }]),
      ...data,
    ],
    layout: { ...layout, height: 380, legend: keysOnTop, margin: { l: 72, r: 16, t: 64, b: 52 } },
  };
}

const quantities = [
  { text: "coordinator holds (p50)", columns: intervalNames("holdP50", "Ms") },
  { text: "enrichment waits (p90)", columns: intervalNames("enrichmentP90", "Ms") },
] as const;

/**
 * Draws how long the coordinator holds the lock, and how long the enrichment waits for it, against blockers: one panel
 * each and one line a variant.
 *
 * @param holds what `suspensionHolds` gives
 * @param workers the worker count that was measured
 */
export function suspensionConvoyHold(holds: readonly SuspensionHold[], workers: number): Figure {
  const rows = rowsOf(holds, { executor: "run-queue" });
  const { layout, axes } = panels(
    quantities.map(({ text }) => ({ text, color: palette.ink })),
    {
      columns: 2,
      x: axis("Blockers", null, { range: [-0.4, workers + 0.4], dtick: 1 }),
      y: logAxis("Time", "ms", {
        range: logRange(
          rows,
          quantities.flatMap(({ columns }) => columns),
        ),
      }),
    },
  );
  const data = quantities.flatMap(({ text, columns }, i) =>
    variantStyles.map(({ variant, label, ...style }) =>
      intervalSeries({
        name: `${text}: ${label}`,
        rows: rowsOf(rows, { variant }),
        x: ({ blockers }) => blockers,
        y: columns,
        log: true,
        style,
        axes: axes[i] as PanelAxes,
        unit: "ms",
      }),
    ),
  );
  return {
    id: "suspension-convoy-hold",
    title: "A lock held across a send",
    alt: `Median hold of the coordinator and 90th percentile of the enrichment's wait for the same lock, in milliseconds on a logarithmic scale, against blockers at ${workers} workers: sending under the lock, and giving it back first.`,
    data: [...variantStyles.map(({ label, color }) => lineKey(label, "solid", color)), ...data],
    layout: {
      ...layout,
      height: 370,
      shapes: axes.map((panel) => saturationLine(workers, panel)),
      legend: keysOnTop,
      margin: { l: 72, r: 16, t: 64, b: 52 },
    },
  };
}
