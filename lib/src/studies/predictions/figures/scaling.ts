import type { Figure } from "../../../drawing/figure.ts";
import { keysOnTop } from "../../../drawing/marker-keys.ts";
import { lineKey, modelLine } from "../../../drawing/model-line.ts";
import { type PanelAxes, panels } from "../../../drawing/panels.ts";
import { poolColor, workersText } from "../../../drawing/pool-sizes.ts";
import { saturationLine } from "../../../drawing/saturation-mark.ts";
import { axis, seriesStyle } from "../../../drawing/theme.ts";
import type { FailureScaling } from "../../../model/failure-scaling.ts";
import { levelsOf, rowsOf } from "../../../summary/rows.ts";

/**
 * Draws simulated failure rates against clients per worker, one panel an executor and one line a pool size; a dotted
 * line marks the knee, from which on all workers are busy.
 *
 * @param scaling what `failureScaling` gives
 */
export function predictionsScaling(scaling: readonly FailureScaling[]): Figure {
  const [knee = 0] = levelsOf(scaling, "knee");
  const executors = levelsOf(scaling, "executor");
  const pools = levelsOf(scaling, "workers");
  const { layout, axes } = panels(
    executors.map((text) => ({ text, color: seriesStyle(text).color })),
    {
      columns: 2,
      x: axis("Clients per worker", null, { range: [0, 12.5], dtick: 2, tick0: 0 }),
      y: axis("Failed requests", "%", { range: [-3, 103], dtick: 25 }),
    },
  );
  const lines = executors.flatMap((executor, i) =>
    pools.map((workers, j) =>
      modelLine({
        name: workersText(workers),
        rows: rowsOf(scaling, { executor, workers }),
        x: ({ perWorker }) => perWorker,
        y: ["failureShare"],
        scale: 100,
        style: { color: poolColor(j, pools.length), dash: "solid", symbol: "circle" },
        axes: axes[i] as PanelAxes,
        unit: "%",
      }),
    ),
  );
  return {
    id: "predictions-scaling",
    title: "How wide the gap between warning and failure is",
    alt: `Simulated share of failed requests in percent against clients per worker, one panel for each of ${executors.join(" and ")}, one line for each of ${pools.map(workersText).join(", ")}. A dotted line marks the knee at ${knee.toFixed(2)} clients per worker.`,
    data: [
      ...pools.map((workers, j) => lineKey(workersText(workers), "solid", poolColor(j, pools.length))),
      ...lines,
    ],
    layout: {
      ...layout,
      height: 370,
      shapes: axes.map((panel) => saturationLine(knee, panel)),
      legend: keysOnTop,
      margin: { l: 64, r: 16, t: 64, b: 52 },
    },
  };
}
