import type { Figure } from "../../../drawing/figure.ts";
import { logRange } from "../../../drawing/log-range.ts";
import { keysOnTop } from "../../../drawing/marker-keys.ts";
import { lineKey, modelLine } from "../../../drawing/model-line.ts";
import { palette } from "../../../drawing/palette.ts";
import { type PanelAxes, panels } from "../../../drawing/panels.ts";
import { saturationLine } from "../../../drawing/saturation-mark.ts";
import { axis, logAxis } from "../../../drawing/theme.ts";
import type { StealingStalls } from "../../../model/stealing-stalls.ts";
import { levelsOf, rowsOf } from "../../../summary/rows.ts";

const COLORS = [palette.blue, palette.ochre, palette.vermilion, palette.purple];
const dashes = ["solid", "solid", "solid", "dot"] as const;

/**
 * Draws the simulated p99 against blockers under schedulers with a shared queue and with local queues, one panel for
 * each way in which blockers give their worker back.
 *
 * @param stealing what `stealingStalls` gives
 */
export function predictionsStealing(stealing: readonly StealingStalls[]): Figure {
  const blockings = levelsOf(stealing, "blocking");
  const schedulers = levelsOf(stealing, "scheduler");
  const [workers = 0] = levelsOf(stealing, "workers");
  const { layout, axes } = panels(
    blockings.map((blocking) => ({ text: `a blocker ${blocking}`, color: palette.ink })),
    {
      columns: 2,
      x: axis("Blockers", null, { range: [-0.3, workers + 0.3], dtick: 1, tick0: 0 }),
      y: logAxis("Overhead p99", "ms", { range: logRange(stealing, ["p99Ms"]) }),
    },
  );
  const style = (j: number) => ({
    color: COLORS[j] ?? palette.ink,
    dash: dashes[j] ?? "solid",
    symbol: "circle" as const,
  });
  const lines = blockings.flatMap((blocking, i) =>
    schedulers.map((scheduler, j) =>
      modelLine({
        name: scheduler,
        rows: rowsOf(stealing, { blocking, scheduler }),
        x: ({ blockers }) => blockers,
        y: ["p99Ms"],
        log: true,
        style: style(j),
        axes: axes[i] as PanelAxes,
        unit: "ms",
      }),
    ),
  );
  return {
    id: "predictions-stealing",
    title: "What local queues and a worker that drives the timers change",
    alt: `Simulated 99th percentile of the overhead in milliseconds, on a logarithmic axis, against the number of blockers at ${workers} workers, for blockers that yield and for blockers that sleep between blocks, under ${schedulers.join("; ")}.`,
    data: [
      ...schedulers.map((scheduler, j) =>
        lineKey(scheduler, dashes[j] === "dot" ? "dot" : "solid", COLORS[j]),
      ),
      ...lines,
    ],
    layout: {
      ...layout,
      height: 420,
      shapes: axes.map((panel) => saturationLine(workers, panel)),
      legend: keysOnTop,
      margin: { l: 64, r: 16, t: 84, b: 52 },
    },
  };
}
