import type { Annotation, Data } from "plotly.js";
import { directLabels } from "../../drawing/direct-labels.ts";
import type { Figure } from "../../drawing/figure.ts";
import { floorKey, floorLines } from "../../drawing/floor-mark.ts";
import { intervalSeries } from "../../drawing/interval-series.ts";
import { logRange } from "../../drawing/log-range.ts";
import { lineKey, modelLine } from "../../drawing/model-line.ts";
import { palette } from "../../drawing/palette.ts";
import { positive } from "../../drawing/positive.ts";
import { axis, logAxis, seriesStyle } from "../../drawing/theme.ts";
import { intervalNames } from "../../summary/interval-columns.ts";
import { rowsOf } from "../../summary/rows.ts";
import type { PoolSizeCliff, PoolSizeKnee } from "./analysis.ts";

const workers = (row: { readonly workers: number }) => row.workers;

const lines = [
  { columns: intervalNames("inStepP99", "Ms"), label: "none left,<br>in step", open: false, dash: "solid" },
  {
    columns: intervalNames("outOfStepP99", "Ms"),
    label: "none left,<br>out of step",
    open: true,
    dash: "solid",
  },
  { columns: intervalNames("belowP99", "Ms"), label: "one left", open: true, dash: "dot" },
] as const;

/**
 * Draws p99 of the probes' overhead on run-queue against the size of the pool: with one worker left, with none and
 * blockers in step, with none and blockers out of step; the thin line is the time B / W between two ends of blocks.
 *
 * @param cliffs what `poolSizeCliffs` gives
 * @param floorMs p99 of bare timers; null where the controls were not measured
 */
export function workerCountCliffs(cliffs: readonly PoolSizeCliff[], floorMs: number | null): Figure {
  const rows = rowsOf(cliffs, { executor: "run-queue" });
  const style = seriesStyle("run-queue");
  const sizes = rows.map(workers);
  const shared = { rows, x: workers, log: true, unit: "ms" };
  const series = lines.map(
    ({ columns, label, open, dash }): Data =>
      intervalSeries({
        ...shared,
        name: label.replace("<br>", " "),
        y: columns,
        style: { ...style, dash },
        open,
      }),
  );
  const evenly = modelLine({
    ...shared,
    name: "block / workers",
    y: ["evenlyOutOfStepMs"],
    style: { ...style, color: palette.faint, dash: "dot" },
  });
  const last = rows.at(-1);
  const labels = lines.flatMap(({ columns: [column], label }) => {
    const y = positive(last?.[column]);
    return last === undefined || y === null
      ? []
      : [{ text: label, color: style.color, x: Math.log10(workers(last)), y }];
  });
  const annotations: Partial<Annotation>[] = directLabels(labels, { log: true, gap: 0.3 });
  const columns = lines.flatMap((line) => line.columns);
  return {
    id: "worker-count-cliffs",
    title: "The height of the cliff in pools of different sizes",
    alt: `99th percentile of the overhead on run-queue in milliseconds against the number of workers, both axes logarithmic, for pools of ${sizes.join(", ")} workers: with one worker left, with all workers blocked in step, and with all workers blocked out of step, beside the length of a block divided by the number of workers.`,
    data: [
      lineKey("length of a block / workers", "dot", palette.faint),
      ...floorKey(floorMs, "p99"),
      evenly,
      ...series,
    ],
    layout: {
      height: 400,
      margin: { l: 64, r: 110, t: 40, b: 56 },
      xaxis: logAxis("Workers", null, { tickvals: sizes, ticktext: sizes.map(String), dtick: undefined }),
      yaxis: logAxis("Overhead p99", "ms", {
        range: logRange(rows, [...columns, "evenlyOutOfStepMs"], floorMs),
      }),
      annotations,
      shapes: floorLines(floorMs, "y"),
    },
  };
}

const knees = [
  {
    columns: intervalNames("halfPerWorker", ""),
    label: "half fail",
    law: "halfLawPerWorker",
    open: false,
  },
  { columns: intervalNames("onsetPerWorker", ""), label: "5 % fail", law: null, open: false },
  { columns: intervalNames("busyPerWorker", ""), label: "all busy", law: "busyLawPerWorker", open: true },
] as const;

/**
 * Draws the knees of the request sweep on run-queue, in clients for each worker, against the size of the pool: where the
 * workers become the bottleneck, where one request in twenty fails, and where half of them do, beside the laws for the
 * first and the last.
 *
 * @param table what `poolSizeKnees` gives
 */
export function workerCountKnees(table: readonly PoolSizeKnee[]): Figure {
  const rows = table.map((row) => ({
    ...row,
    busyLawPerWorker: row.busyLawClients / row.workers,
    halfLawPerWorker: row.halfLawClients / row.workers,
  }));
  const style = seriesStyle("run-queue");
  const sizes = rows.map(workers);
  const shared = { rows, x: workers, unit: "clients a worker" };
  const data = knees.flatMap(({ columns, label, law, open }): Data[] => [
    ...(law === null
      ? []
      : [
          modelLine({
            ...shared,
            name: `${label} (law)`,
            y: [law],
            style: { ...style, color: palette.faint, dash: "dot" },
          }),
        ]),
    intervalSeries({
      ...shared,
      name: label,
      y: columns,
      style,
      open,
    }),
  ]);
  const last = rows.at(-1);
  const labels = knees.flatMap(({ columns: [column], label }) => {
    const y = positive(last?.[column]);
    return last === undefined || y === null
      ? []
      : [{ text: label, color: style.color, x: Math.log10(workers(last)), y }];
  });
  return {
    id: "worker-count-knees",
    title: "The knees of the requests in pools of different sizes",
    alt: `Clients for each worker against the number of workers, for pools of ${sizes.join(", ")} workers on run-queue: where all workers are busy, where one request in twenty fails and where half of them do, with 95 % intervals over runs, beside the laws for the first and the last.`,
    data: [lineKey("law", "dot", palette.faint), ...data],
    layout: {
      height: 400,
      margin: { l: 64, r: 90, t: 40, b: 56 },
      xaxis: logAxis("Workers", null, { tickvals: sizes, ticktext: sizes.map(String), dtick: undefined }),
      yaxis: axis("Clients for each worker", null, { rangemode: "tozero" }),
      annotations: directLabels(labels, { gap: 0.7 }),
    },
  };
}
