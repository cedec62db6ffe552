import type { Annotation, Data, Shape } from "plotly.js";
import type { Figure } from "../../../drawing/figure.ts";
import { floorKey, floorLines } from "../../../drawing/floor-mark.ts";
import { intervalSeries } from "../../../drawing/interval-series.ts";
import { logRange } from "../../../drawing/log-range.ts";
import { keysOnTop, markerKeys } from "../../../drawing/marker-keys.ts";
import { type PanelAxes, panels } from "../../../drawing/panels.ts";
import { saturationLabel, saturationLine } from "../../../drawing/saturation-mark.ts";
import { axis, logAxis, seriesStyle } from "../../../drawing/theme.ts";
import { levelsOf, rowsOf } from "../../../summary/rows.ts";
import type { DelayPercentiles, NoiseFloor } from "../analysis.ts";
import { timerFloorOf } from "./floor.ts";

const share = ({ blockers, workers }: DelayPercentiles) => blockers / workers;

/**
 * Draws p99 against blockers per worker, one panel an executor and one line a worker count: where the lines fall
 * together, the share of blocked workers decides and not their number.
 *
 * @param delays what `delayPercentiles` gives
 * @param floor what `noiseFloor` gives; its plain timers are the dotted lines
 */
export function schedulingDelayWorkers(
  delays: readonly DelayPercentiles[],
  floor: readonly NoiseFloor[],
): Figure {
  const executors = levelsOf(delays, "executor");
  const counts = levelsOf(delays, "workers").sort((a, b) => b - a);
  const most = Math.max(...delays.map(share));
  const { layout, axes } = panels(
    executors.map((text) => ({ text, color: seriesStyle(text).color })),
    {
      columns: 3,
      x: axis("Blockers per worker", null, { range: [-0.15, most + 0.15], dtick: 0.5, tick0: 0 }),
      y: logAxis("Overhead p99", "ms", { range: logRange(delays, ["p99Ms", "p99LowMs", "p99HighMs"]) }),
    },
  );
  const floors = executors.map((executor) => timerFloorOf(floor, executor));
  const data: Data[] = [
    ...markerKeys(
      counts.map((count, i) => ({ label: `${count} workers`, open: i > 0, dash: i === 0 ? "solid" : "dot" })),
    ),
    ...floorKey(floors[0] ?? null, "p99"),
  ];
  const shapes: Partial<Shape>[] = [];
  const annotations: Partial<Annotation>[] = [...(layout.annotations ?? [])];
  for (const [i, executor] of executors.entries()) {
    const panel = axes[i] as PanelAxes;
    const style = seriesStyle(executor);
    shapes.push(saturationLine(1, panel), ...floorLines(floors[i] ?? null, "y", [panel]));
    for (const [j, workers] of counts.entries()) {
      const rows = rowsOf(delays, { executor, workers });
      data.push(
        intervalSeries({
          name: `${workers} workers`,
          rows,
          x: share,
          y: ["p99Ms", "p99LowMs", "p99HighMs"],
          log: true,
          style: { ...style, dash: j === 0 ? "solid" : "dot" },
          open: j > 0,
          axes: panel,
          unit: "ms",
        }),
      );
    }
  }
  if (axes[0]) annotations.push(saturationLabel(1, axes[0]));
  return {
    id: "scheduling-delay-workers",
    title: "The cliff at different worker counts",
    alt: `99th percentile of the overhead in milliseconds, on a logarithmic axis, against blockers per worker: one panel for each of ${executors.join(", ")}, one line for each of ${counts.join(" and ")} workers.`,
    data,
    layout: {
      ...layout,
      height: 370,
      annotations,
      shapes,
      legend: keysOnTop,
      margin: { l: 64, r: 16, t: 64, b: 52 },
    },
  };
}
