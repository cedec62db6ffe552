import type { Data } from "plotly.js";
import type { Figure } from "../../../drawing/figure.ts";
import { keysOnTop } from "../../../drawing/marker-keys.ts";
import { lineKey, modelLine } from "../../../drawing/model-line.ts";
import { palette } from "../../../drawing/palette.ts";
import { type PanelAxes, panels } from "../../../drawing/panels.ts";
import { poolColor, workersText } from "../../../drawing/pool-sizes.ts";
import { saturationLabel, saturationLine } from "../../../drawing/saturation-mark.ts";
import { axis, logAxis } from "../../../drawing/theme.ts";
import type { CliffScaling } from "../../../model/cliff-scaling.ts";
import { levelsOf, rowsOf } from "../../../summary/rows.ts";

/** Delays below a microsecond are drawn at one: on a logarithmic axis none has a place. */
const leastMs = 0.001;

/**
 * Draws the simulated cliff of a shared queue against blockers per worker, one line a pool size, for blockers in step
 * and out of step.
 *
 * @param cliffs what `cliffScaling` gives
 */
export function predictionsCliff(cliffs: readonly CliffScaling[]): Figure {
  const patterns = levelsOf(cliffs, "pattern");
  const pools = levelsOf(cliffs, "workers");
  const { layout, axes } = panels(
    patterns.map((pattern) => ({ text: `blockers ${pattern}`, color: palette.ink })),
    {
      columns: 2,
      x: axis("Blockers per worker", null, { range: [0.45, 1.55], dtick: 0.25, tick0: 0 }),
      y: logAxis("Overhead p99", "ms", { range: [-3.2, 2.2] }),
    },
  );
  const lines = patterns.flatMap((pattern, i) =>
    pools.map((workers, j): Data => {
      const rows = rowsOf(cliffs, { pattern, workers }).map((row) => ({
        ...row,
        p99Ms: Math.max(leastMs, row.p99Ms ?? 0),
      }));
      return modelLine({
        name: workersText(workers),
        rows,
        x: ({ share }) => share,
        y: ["p99Ms"],
        log: true,
        style: { color: poolColor(j, pools.length), dash: "solid", symbol: "circle" },
        axes: axes[i] as PanelAxes,
        unit: "ms",
      });
    }),
  );
  const [first] = axes;
  return {
    id: "predictions-cliff",
    title: "Where the cliff is with larger pools",
    alt: `Simulated 99th percentile of the overhead in milliseconds, on a logarithmic axis, against blockers per worker for pools of ${pools.map(workersText).join(", ")} with one shared queue. In step all sizes jump to the same height at one blocker per worker; out of step the jump shrinks with the size of the pool.`,
    data: [
      ...pools.map((workers, j) => lineKey(workersText(workers), "solid", poolColor(j, pools.length))),
      ...lines,
    ],
    layout: {
      ...layout,
      height: 390,
      shapes: axes.map((panel) => saturationLine(1, panel)),
      annotations: [...(layout.annotations ?? []), ...(first ? [saturationLabel(1, first)] : [])],
      legend: keysOnTop,
      margin: { l: 64, r: 16, t: 64, b: 52 },
    },
  };
}
