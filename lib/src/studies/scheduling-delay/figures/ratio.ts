import type { Data } from "plotly.js";
import type { Figure } from "../../../drawing/figure.ts";
import { intervalSeries } from "../../../drawing/interval-series.ts";
import { logRange } from "../../../drawing/log-range.ts";
import { keysOnTop, markerKeys } from "../../../drawing/marker-keys.ts";
import { type PanelAxes, panels } from "../../../drawing/panels.ts";
import { type PublishedRow, tokioDelays } from "../../../drawing/published-rows.ts";
import { saturationLabel, saturationLine } from "../../../drawing/saturation-mark.ts";
import { axis, logAxis, seriesStyle } from "../../../drawing/theme.ts";
import { levelsOf, rowsOf } from "../../../summary/rows.ts";
import type { DelayPercentiles } from "../analysis.ts";

const columns = ["ratio", "ratioLow", "ratioHigh"] as const;
const tokioStyle = seriesStyle("tokio (published)");
const tokioSeries = [
  { tasks: 500, label: "Tokio, 500 tasks (published)", open: false, dash: "solid" },
  { tasks: 50, label: "Tokio, 50 tasks (published)", open: true, dash: "dot" },
] as const;

/**
 * Draws how far the tail lies from the middle, p99 over p50, against blockers: one panel an executor, Tokio's published
 * ratios in each.
 *
 * @param delays what `delayPercentiles` gives
 * @param published what `publishedTokio("scheduling-delay")` gives
 * @param workers the worker count to draw
 */
export function schedulingDelayRatio(
  delays: readonly DelayPercentiles[],
  published: readonly PublishedRow[],
  workers: number,
): Figure {
  const own = rowsOf(delays, { workers });
  const executors = levelsOf(own, "executor");
  const tokio = tokioSeries.map((series) => ({ ...series, rows: tokioDelays(published, series.tasks) }));
  const all = [...own, ...tokio.flatMap(({ rows }) => rows)];
  const most = Math.max(...all.map(({ blockers }) => blockers));
  const { layout, axes } = panels(
    executors.map((text) => ({ text, color: seriesStyle(text).color })),
    {
      columns: 3,
      x: axis("Blockers", null, { range: [-0.4, most + 0.4], dtick: 1, tick0: 0 }),
      y: logAxis("p99 : p50 of the overhead", null, { range: logRange(all, columns) }),
    },
  );
  const line = (
    rows: readonly Pick<DelayPercentiles, "blockers" | (typeof columns)[number]>[],
    name: string,
    style: typeof tokioStyle,
    open: boolean,
    i: number,
  ): Data =>
    intervalSeries({
      name,
      rows,
      x: ({ blockers }) => blockers,
      y: columns,
      log: true,
      style,
      open,
      axes: axes[i] as PanelAxes,
      unit: "",
    });
  const lines = executors.flatMap((executor, i) => [
    ...tokio.map(({ rows, label, open, dash }) =>
      line(rows, label, { ...tokioStyle, symbol: "circle", dash }, open, i),
    ),
    line(rowsOf(own, { executor }), executor, seriesStyle(executor), false, i),
  ]);
  const [first] = axes;
  return {
    id: "scheduling-delay-ratio",
    title: "How far the tail lies from the middle",
    alt: `Ratio of the 99th percentile to the median of the overhead, on a logarithmic axis, against the number of blockers at ${workers} workers: one panel for each of ${executors.join(", ")}, each with the ratios published for Tokio with 500 and with 50 tasks.`,
    data: [...markerKeys(tokio), ...lines],
    layout: {
      ...layout,
      height: 380,
      shapes: axes.map((panel) => saturationLine(workers, panel)),
      annotations: [...(layout.annotations ?? []), ...(first ? [saturationLabel(workers, first)] : [])],
      legend: keysOnTop,
      margin: { l: 64, r: 16, t: 64, b: 52 },
    },
  };
}
