import type { Annotation, Data, Shape } from "plotly.js";
import { type DirectLabel, directLabels } from "../../../drawing/direct-labels.ts";
import type { Figure } from "../../../drawing/figure.ts";
import { floorLines } from "../../../drawing/floor-mark.ts";
import { intervalSeries } from "../../../drawing/interval-series.ts";
import { logRange } from "../../../drawing/log-range.ts";
import { palette } from "../../../drawing/palette.ts";
import { type PanelAxes, panels } from "../../../drawing/panels.ts";
import { positive } from "../../../drawing/positive.ts";
import { type PublishedRow, tokioDelays } from "../../../drawing/published-rows.ts";
import { saturationLabel, saturationLine } from "../../../drawing/saturation-mark.ts";
import { axis, logAxis, seriesStyle } from "../../../drawing/theme.ts";
import type { ExecutorName } from "../../../executor/executors.ts";
import { levelsOf, rowsOf } from "../../../summary/rows.ts";
import { publishedWorkers } from "../../../tables/main-workers.ts";
import type { DelayPercentiles, NoiseFloor } from "../analysis.ts";
import { timerFloorOf } from "./floor.ts";

const tokioName = "tokio (published)";
const quantiles = [
  { text: "p50", columns: ["p50Ms", "p50LowMs", "p50HighMs"], open: true },
  { text: "p99", columns: ["p99Ms", "p99LowMs", "p99HighMs"], open: false },
] as const;

/** Height of a label as a share of a panel's. */
const labelHeight = 0.09;

/**
 * Draws the probes' overhead against blockers, one panel an executor, beside the published Tokio values.
 *
 * @param delays what `delayPercentiles` gives
 * @param floor what `noiseFloor` gives; its plain timers are the dotted line
 * @param published what `publishedTokio("scheduling-delay")` gives
 * @param workers the worker count to draw
 */
export function schedulingDelayOverhead(
  delays: readonly DelayPercentiles[],
  floor: readonly NoiseFloor[],
  published: readonly PublishedRow[],
  workers: number,
): Figure {
  const own = rowsOf(delays, { workers });
  const executors = levelsOf(own, "executor");
  const names = [...executors, tokioName] as const;
  const shown = [...own, ...tokioDelays(published, 500)];
  const most = Math.max(workers, publishedWorkers) + 2;
  const range = logRange(shown, ["p50Ms", "p99Ms", "p99HighMs"]);
  const gap = labelHeight * (range[1] - range[0]);
  const { layout, axes } = panels(
    names.map((name) => ({ text: name.replace("tokio", "Tokio"), color: seriesStyle(name).color })),
    {
      columns: 2,
      x: axis("Blockers", null, { range: [-0.4, most + 1.1], tickvals: ticks(most) }),
      y: logAxis("Overhead", "ms", { range }),
    },
  );
  const data: Data[] = [];
  const shapes: Partial<Shape>[] = [];
  const annotations: Partial<Annotation>[] = [...(layout.annotations ?? [])];
  for (const [i, name] of names.entries()) {
    const panel = axes[i] as PanelAxes;
    const drawn =
      name === tokioName
        ? tokioLines(published, panel, gap)
        : executorLines(rowsOf(own, { executor: name }), name, panel, gap);
    data.push(...drawn.data);
    annotations.push(...drawn.annotations);
    shapes.push(saturationLine(name === tokioName ? publishedWorkers : workers, panel));
    const timerMs = name === tokioName ? null : timerFloorOf(floor, name);
    shapes.push(...floorLines(timerMs, "y", [panel]));
    if (timerMs !== null && i === 0) annotations.push(floorLabel(timerMs, panel));
  }
  if (axes[0]) annotations.push(saturationLabel(workers, axes[0]));
  return {
    id: "scheduling-delay-overhead",
    title: "Scheduling delay against blockers",
    alt: `Small multiples, one panel for each of ${executors.join(", ")} and for Tokio as published: median and 99th percentile of the overhead in milliseconds, on a logarithmic axis, against the number of blockers at ${workers} workers. A dotted vertical line marks where blockers equal workers.`,
    data,
    layout: { ...layout, height: 560, annotations, shapes },
  };
}

function executorLines(rows: readonly DelayPercentiles[], name: ExecutorName, axes: PanelAxes, gap: number) {
  const style = seriesStyle(name);
  const data = quantiles.map(({ text, columns, open }) =>
    intervalSeries({
      name: text,
      rows,
      x: ({ blockers }) => blockers,
      y: columns,
      log: true,
      style: open ? { ...style, dash: "solid" } : style,
      open,
      axes,
      unit: "ms",
    }),
  );
  const labels = quantiles.flatMap(({ text, columns: [column] }) =>
    endLabel(rows, column, text, style.color),
  );
  return { data, annotations: directLabels(labels, { log: true, gap, axes }) };
}

const tokioSeries = [
  { tasks: 500, ...quantiles[0], symbol: "x" },
  { tasks: 500, ...quantiles[1], text: "p99, 500 tasks", symbol: "x" },
  { tasks: 50, ...quantiles[1], text: "p99, 50 tasks", symbol: "circle" },
] as const;

function tokioLines(published: readonly PublishedRow[], axes: PanelAxes, gap: number) {
  const style = seriesStyle(tokioName);
  const series = tokioSeries.map((one) => ({ ...one, rows: tokioDelays(published, one.tasks) }));
  const data = series.map(({ tasks, text, columns, open, symbol, rows }) =>
    intervalSeries({
      name: text,
      rows,
      x: ({ blockers }) => blockers,
      y: columns,
      log: true,
      style: { ...style, symbol, dash: tasks === 50 ? "dot" : "solid" },
      open,
      axes,
      unit: "ms",
    }),
  );
  const labels = series.flatMap(({ text, columns: [column], rows }) =>
    endLabel(rows, column, text, style.color),
  );
  return { data, annotations: directLabels(labels, { log: true, gap, axes }) };
}

type Overhead = Pick<DelayPercentiles, "blockers" | "p50Ms" | "p99Ms">;

function endLabel(
  rows: readonly Overhead[],
  column: "p50Ms" | "p99Ms",
  text: string,
  color: string,
): DirectLabel[] {
  const last = rows.at(-1);
  const y = positive(last?.[column]);
  return last === undefined || y === null ? [] : [{ text, color, x: last.blockers, y }];
}

function floorLabel(timerMs: number, { xaxis, yaxis }: PanelAxes): Partial<Annotation> {
  return {
    text: "bare timer p99",
    font: { color: palette.muted, size: 12 },
    x: 0,
    y: Math.log10(timerMs),
    xref: `${xaxis} domain` as "paper",
    yref: yaxis as "y",
    xanchor: "left",
    yanchor: "bottom",
    showarrow: false,
  };
}

function ticks(last: number): number[] {
  return Array.from({ length: last + 1 }, (_, i) => i);
}
