import type { Figure } from "../../drawing/figure.ts";
import { intervalSeries } from "../../drawing/interval-series.ts";
import { logRange } from "../../drawing/log-range.ts";
import { keysOnTop } from "../../drawing/marker-keys.ts";
import { lineKey } from "../../drawing/model-line.ts";
import { palette } from "../../drawing/palette.ts";
import { type PanelAxes, panels } from "../../drawing/panels.ts";
import { saturationLine } from "../../drawing/saturation-mark.ts";
import { axis, logAxis } from "../../drawing/theme.ts";
import { rowsOf } from "../../summary/rows.ts";
import type { RearmDelay } from "./analysis.ts";

const systems = [
  { text: "Tokio", executor: "tokio", lifoSlot: "on" },
  { text: "Tokio, no slot", executor: "tokio", lifoSlot: "off" },
  { text: "run-queue", executor: "run-queue", lifoSlot: "none" },
  { text: "piscina", executor: "piscina", lifoSlot: "none" },
  { text: "pinned", executor: "pinned", lifoSlot: "none" },
] as const;

const lines = [
  { name: "one block", rearm: "contiguous", color: palette.slate, dash: "dash", symbol: "x" },
  { name: "yield", rearm: "yield", color: palette.blue, dash: "solid", symbol: "circle" },
  { name: "sleep 1 ms", rearm: "sleep-1", color: palette.purple, dash: "dot", symbol: "triangle-up" },
  { name: "sleep 5 ms", rearm: "sleep-5", color: palette.vermilion, dash: "solid", symbol: "square" },
  { name: "sleep 10 ms", rearm: "sleep-10", color: palette.green, dash: "dashdot", symbol: "diamond" },
] as const;

/**
 * Draws p99 of the overhead, in blocks, against blockers: one panel a system, one line a way in which blockers come back.
 *
 * @param delays what `rearmDelays` gives
 * @param workers the worker count that was measured
 */
export function tokioDelayRearming(delays: readonly RearmDelay[], workers: number): Figure {
  const rows = rowsOf(delays, { span: "five", probes: 50 });
  const measured = systems.filter(
    ({ executor, lifoSlot }) => rowsOf(rows, { executor, lifoSlot }).length > 0,
  );
  const { layout, axes } = panels(
    measured.map(({ text }) => ({ text, color: palette.ink })),
    {
      columns: 3,
      x: axis("Blockers", null, { range: [-0.4, workers + 1.4], dtick: 1 }),
      y: logAxis("Overhead p99", "blocks", {
        range: logRange(rows, ["p99Blocks", "p99LowBlocks", "p99HighBlocks"]),
      }),
    },
  );
  const data = measured.flatMap(({ executor, lifoSlot }, i) => {
    const own = rowsOf(rows, { executor, lifoSlot });
    return lines.map(({ name, rearm, ...style }) =>
      intervalSeries({
        name,
        rows: own.filter((row) => row.blockers === 0 || row.rearm === rearm),
        x: ({ blockers }) => blockers,
        y: ["p99Blocks", "p99LowBlocks", "p99HighBlocks"],
        log: true,
        style,
        axes: axes[i] as PanelAxes,
        unit: "blocks",
      }),
    );
  });
  return {
    id: "tokio-delay-rearming",
    title: "One free worker, and how blockers come back",
    alt: `99th percentile of the overhead in blocks of 50 ms against blockers at ${workers} workers, logarithmic, one panel for each of ${measured.map(({ text }) => text).join(", ")}: blockers that hold once, yield, or sleep 1, 5 or 10 ms between blocks, with 95 % intervals over runs.`,
    data: [...lines.map(({ name, color, dash }) => lineKey(name, dash, color)), ...data],
    layout: {
      ...layout,
      height: 560,
      shapes: axes.map((panel) => saturationLine(workers, panel)),
      legend: keysOnTop,
      margin: { l: 64, r: 16, t: 64, b: 52 },
    },
  };
}
