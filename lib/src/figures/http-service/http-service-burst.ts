import type { ColumnTable } from "arquero";
import type { Shape } from "plotly.js";
import { burstPhases } from "../../tables/burst-phases.ts";
import type { Figure } from "../figure.ts";
import { intervalSeries } from "../interval-series.ts";
import { keysOnTop } from "../marker-keys.ts";
import { lineKey, modelLine } from "../model-line.ts";
import { type PanelAxes, panels } from "../panels.ts";
import { levelsOf, type Row, rowsOf } from "../rows.ts";
import { axis } from "../theme.ts";
import { treatmentName, treatmentStyle } from "./treatment-style.ts";

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
