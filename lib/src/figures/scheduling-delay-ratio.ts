import type { ColumnTable } from "arquero";
import { type DirectLabel, directLabels } from "./direct-labels.ts";
import type { Figure } from "./figure.ts";
import { intervalSeries } from "./interval-series.ts";
import { logRange } from "./log-range.ts";
import { tokioDelays } from "./published-rows.ts";
import { levelsOf, positive, type Row, rowsOf } from "./rows.ts";
import { saturationLabel, saturationLine } from "./saturation-mark.ts";
import { axis, logAxis, seriesStyle } from "./theme.ts";

const axes = { xaxis: "x", yaxis: "y" };

/**
 * Draws how far the tail lies from the middle, p99 over p50, against blockers, for every executor and for Tokio.
 *
 * @param delays what `delayPercentiles` gives
 * @param published what `publishedTokio("scheduling-delay")` gives
 */
export function schedulingDelayRatio(delays: ColumnTable, published: ColumnTable): Figure {
  const workers = Math.max(...levelsOf<number>(rowsOf(delays), "workers"));
  const executors = levelsOf<string>(rowsOf(delays, { workers }), "executor");
  const tokio = seriesStyle("tokio (published)");
  const series = [
    ...executors.map((name) => ({
      name,
      rows: rowsOf(delays, { workers, executor: name }),
      style: { ...seriesStyle(name), dash: "solid" as const },
    })),
    { name: "Tokio, 500 tasks", rows: tokioDelays(published, 500), style: tokio },
    {
      name: "Tokio, 50 tasks",
      rows: tokioDelays(published, 50),
      style: { ...tokio, dash: "dot" as const, symbol: "triangle-up" as const },
    },
  ];
  const all = series.flatMap(({ rows }) => rows);
  const dodge = (i: number) => (i - (series.length - 1) / 2) * 0.05;
  const data = series.map(({ name, rows, style }, i) =>
    intervalSeries({
      name,
      rows,
      style,
      x: (row) => (row["blockers"] as number) + dodge(i),
      y: ["ratio", "ratioLow", "ratioHigh"],
      log: true,
      unit: "",
    }),
  );
  const labels = series.flatMap(({ name, rows, style }): DirectLabel[] => {
    const last = rows.findLast((row: Row) => positive(row["ratio"]) !== null);
    return last
      ? [
          {
            text: name,
            color: style.color,
            x: (last["blockers"] as number) + 0.1,
            y: last["ratio"] as number,
          },
        ]
      : [];
  });
  const ends = [...new Set(labels.map(({ x }) => x))];
  const x = axis("Blockers", null, {
    range: [-0.4, workers + 3.5],
    tickvals: Array.from({ length: workers + 3 }, (_, i) => i),
  });
  return {
    id: "scheduling-delay-ratio",
    title: "How far the tail lies from the middle",
    alt: `Ratio of the 99th percentile to the median of the overhead, on a logarithmic axis, against the number of blockers at ${workers} workers: one line each for ${executors.join(", ")} and for Tokio as published with 500 and with 50 tasks.`,
    data,
    layout: {
      xaxis: x,
      yaxis: logAxis("p99 : p50 of the overhead", null, {
        range: logRange(all, ["ratio", "ratioLow", "ratioHigh"]),
      }),
      shapes: [saturationLine(workers, axes)],
      annotations: [
        ...ends.flatMap((end) =>
          directLabels(
            labels.filter((label) => label.x === end),
            { log: true, gap: 0.16, axes },
          ),
        ),
        { ...saturationLabel(workers, axes), y: 0, yanchor: "bottom" },
      ],
      height: 420,
    },
  };
}
