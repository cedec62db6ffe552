import type { ColumnTable } from "arquero";
import type { Annotation, Data, Shape } from "plotly.js";
import { directLabels } from "../../../drawing/direct-labels.ts";
import type { Figure } from "../../../drawing/figure.ts";
import { floorLines } from "../../../drawing/floor-mark.ts";
import { intervalSeries } from "../../../drawing/interval-series.ts";
import { logRange } from "../../../drawing/log-range.ts";
import { type PanelAxes, panels } from "../../../drawing/panels.ts";
import { tokioDelays } from "../../../drawing/published-rows.ts";
import { levelsOf, positive, type Row, rowsOf } from "../../../drawing/rows.ts";
import { saturationLabel, saturationLine } from "../../../drawing/saturation-mark.ts";
import { axis, logAxis, seriesStyle } from "../../../drawing/theme.ts";
import { publishedWorkers } from "../../../tables/main-workers.ts";
import { timerFloorOf } from "./timer-floor-of.ts";

const tokioName = "tokio (published)";

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
  delays: ColumnTable,
  floor: ColumnTable,
  published: ColumnTable,
  workers: number,
): Figure {
  const executors = levelsOf<string>(rowsOf(delays, { workers }), "executor");
  const names = [...executors, tokioName];
  const shown = [...rowsOf(delays, { workers }), ...tokioDelays(published, 500)];
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
        : executorLines(rowsOf(delays, { workers, executor: name }), name, panel, gap);
    data.push(...drawn.data);
    annotations.push(...drawn.annotations);
    shapes.push(saturationLine(name === tokioName ? publishedWorkers : workers, panel));
    const timerMs = timerFloorOf(floor, name);
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

function executorLines(rows: readonly Row[], name: string, axes: PanelAxes, gap: number) {
  const style = seriesStyle(name);
  const shared = { rows, x: (row: Row) => row["blockers"] as number, log: true, axes, unit: "ms" };
  const data = [
    intervalSeries({
      ...shared,
      name: "p50",
      y: ["p50Ms", "p50LowMs", "p50HighMs"],
      style: { ...style, dash: "solid" },
      open: true,
    }),
    intervalSeries({ ...shared, name: "p99", y: ["p99Ms", "p99LowMs", "p99HighMs"], style }),
  ];
  const last = rows.at(-1);
  const labels = (["p50", "p99"] as const).flatMap((text) => {
    const y = positive(last?.[`${text}Ms`]);
    return y === null ? [] : [{ text, color: style.color, x: last?.["blockers"] as number, y }];
  });
  return { data, annotations: directLabels(labels, { log: true, gap, axes }) };
}

function tokioLines(published: ColumnTable, axes: PanelAxes, gap: number) {
  const style = seriesStyle(tokioName);
  const series = [
    { tasks: 500, metric: "p50", open: true, symbol: "x" },
    { tasks: 500, metric: "p99", open: false, symbol: "x" },
    { tasks: 50, metric: "p99", open: false, symbol: "circle" },
  ] as const;
  const labels: { text: string; color: string; x: number; y: number }[] = [];
  const data = series.map(({ tasks, metric, open, symbol }) => {
    const rows = tokioDelays(published, tasks);
    const text = metric === "p50" ? "p50" : `p99, ${tasks} tasks`;
    const last = rows.at(-1);
    const y = positive(last?.[`${metric}Ms`]);
    if (y !== null) labels.push({ text, color: style.color, x: last?.["blockers"] as number, y });
    return intervalSeries({
      name: text,
      rows,
      x: (row) => row["blockers"] as number,
      y: [`${metric}Ms`, `${metric}LowMs`, `${metric}HighMs`],
      log: true,
      style: { ...style, symbol, dash: tasks === 50 ? "dot" : "solid" },
      open,
      axes,
      unit: "ms",
    });
  });
  return { data, annotations: directLabels(labels, { log: true, gap, axes }) };
}

function floorLabel(timerMs: number, { xaxis, yaxis }: PanelAxes): Partial<Annotation> {
  return {
    text: "bare timer p99",
    font: { color: "#57606a", size: 12 },
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
