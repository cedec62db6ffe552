import type { ColumnTable } from "arquero";
import type { Figure } from "../figure.ts";
import { intervalSeries } from "../interval-series.ts";
import { logRange } from "../log-range.ts";
import { keysOnTop } from "../marker-keys.ts";
import { lineKey } from "../model-line.ts";
import { type PanelAxes, panels } from "../panels.ts";
import { type Row, rowsOf } from "../rows.ts";
import { saturationLine } from "../saturation-mark.ts";
import { axis, logAxis } from "../theme.ts";
import { variantStyles } from "./variant-style.ts";

const INK = "#1f2328";

const quantities = [
  { text: "coordinator holds (p50)", column: "holdP50" },
  { text: "enrichment waits (p90)", column: "enrichmentP90" },
] as const;

/**
 * Draws how long the coordinator holds the lock, and how long the enrichment waits for it, against blockers: one panel
 * each and one line a variant.
 *
 * @param holds what `suspensionHolds` gives
 * @param workers the worker count that was measured
 */
export function suspensionConvoyHold(holds: ColumnTable, workers: number): Figure {
  const rows = rowsOf(holds, { executor: "run-queue" });
  const { layout, axes } = panels(
    quantities.map(({ text }) => ({ text, color: INK })),
    {
      columns: 2,
      x: axis("Blockers", null, { range: [-0.4, workers + 0.4], dtick: 1 }),
      y: logAxis("Time", "ms", {
        range: logRange(
          rows,
          quantities.flatMap(({ column }) => [`${column}LowMs`, `${column}Ms`, `${column}HighMs`]),
        ),
      }),
    },
  );
  const data = quantities.flatMap(({ text, column }, i) =>
    variantStyles.map(({ variant, label, ...style }) =>
      intervalSeries({
        name: `${text}: ${label}`,
        rows: rows.filter((row) => row["variant"] === variant),
        x: (row: Row) => row["blockers"] as number,
        y: [`${column}Ms`, `${column}LowMs`, `${column}HighMs`],
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
