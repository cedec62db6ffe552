import type { Figure } from "../../drawing/figure.ts";
import { intervalSeries } from "../../drawing/interval-series.ts";
import { logRange } from "../../drawing/log-range.ts";
import { palette } from "../../drawing/palette.ts";
import { type PanelAxes, panels } from "../../drawing/panels.ts";
import { saturationLine } from "../../drawing/saturation-mark.ts";
import { axis, logAxis } from "../../drawing/theme.ts";
import { rowsOf } from "../../summary/rows.ts";
import type { PoolDelay } from "./analysis.ts";

const pools = [
  { pool: "piscina", color: palette.vermilion },
  { pool: "tinypool", color: palette.blue },
  { pool: "workerpool", color: palette.green },
  { pool: "poolifier", color: palette.purple },
  { pool: "poolifier-queue", color: palette.ochre },
  { pool: "cluster", color: palette.slate },
] as const;

/**
 * Draws p99 of the overhead, in blocks, against blockers: one panel a pool, on the Node of all other experiments.
 *
 * @param delays what `poolDelays` gives
 * @param workers the worker count that was measured
 */
export function otherPoolsDelays(delays: readonly PoolDelay[], workers: number): Figure {
  const rows = rowsOf(delays, { node: "26" });
  const measured = pools.filter(({ pool }) => rowsOf(rows, { pool }).length > 0);
  const columns = ["p99Blocks", "p99LowBlocks", "p99HighBlocks"] as const;
  const { layout, axes } = panels(
    measured.map(({ pool, color }) => ({ text: pool, color })),
    {
      columns: 3,
      x: axis("Blockers", null, { range: [-0.4, workers + 2.4], dtick: 1 }),
      y: logAxis("Overhead p99", "blocks", { range: logRange(rows, columns) }),
    },
  );
  return {
    id: "other-pools-delays",
    title: "One free worker, on pools as people use them",
    alt: `99th percentile of the overhead in blocks of 50 ms against blockers at ${workers} workers, logarithmic, one panel for each of ${measured.map(({ pool }) => pool).join(", ")}, with 95 % intervals over runs.`,
    data: measured.map(({ pool, color }, i) =>
      intervalSeries({
        name: pool,
        rows: rowsOf(rows, { pool }),
        x: ({ blockers }) => blockers,
        y: columns,
        log: true,
        style: { color, dash: "solid", symbol: "circle" },
        axes: axes[i] as PanelAxes,
        unit: "blocks",
      }),
    ),
    layout: {
      ...layout,
      height: 520,
      shapes: axes.map((panel) => saturationLine(workers, panel)),
      showlegend: false,
    },
  };
}
