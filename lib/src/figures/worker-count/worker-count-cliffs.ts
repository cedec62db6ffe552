import type { ColumnTable } from "arquero";
import type { Annotation, Data } from "plotly.js";
import { directLabels } from "../direct-labels.ts";
import type { Figure } from "../figure.ts";
import { floorKey, floorLines } from "../floor-mark.ts";
import { intervalSeries } from "../interval-series.ts";
import { logRange } from "../log-range.ts";
import { lineKey, modelLine } from "../model-line.ts";
import { positive, type Row, rowsOf } from "../rows.ts";
import { logAxis, seriesStyle } from "../theme.ts";

const workers = (row: Row) => row["workers"] as number;

const lines = [
  { name: "inStepP99", label: "none left,<br>in step", open: false, dash: "solid" },
  { name: "outOfStepP99", label: "none left,<br>out of step", open: true, dash: "solid" },
  { name: "belowP99", label: "one left", open: true, dash: "dot" },
] as const;

/**
 * Draws p99 of the probes' overhead on run-queue against the size of the pool: with one worker left, with none and
 * blockers in step, with none and blockers out of step; the thin line is the time B / W between two ends of blocks.
 *
 * @param cliffs what `poolSizeCliffs` gives
 * @param floorMs p99 of bare timers; null where the controls were not measured
 */
export function workerCountCliffs(cliffs: ColumnTable, floorMs: number | null): Figure {
  const rows = rowsOf(cliffs, { executor: "run-queue" });
  const style = seriesStyle("run-queue");
  const sizes = rows.map(workers);
  const shared = { rows, x: workers, log: true, unit: "ms" };
  const series = lines.map(
    ({ name, label, open, dash }): Data =>
      intervalSeries({
        ...shared,
        name: label.replace("<br>", " "),
        y: [`${name}Ms`, `${name}LowMs`, `${name}HighMs`],
        style: { ...style, dash },
        open,
      }),
  );
  const evenly = modelLine({
    ...shared,
    name: "block / workers",
    y: ["evenlyOutOfStepMs"],
    style: { ...style, color: "#6e7781", dash: "dot" },
  });
  const last = rows.at(-1);
  const labels = lines.flatMap(({ name, label }) => {
    const y = positive(last?.[`${name}Ms`]);
    return last === undefined || y === null
      ? []
      : [{ text: label, color: style.color, x: Math.log10(workers(last)), y }];
  });
  const annotations: Partial<Annotation>[] = directLabels(labels, { log: true, gap: 0.3 });
  const columns = lines.flatMap(({ name }) => [`${name}Ms`, `${name}LowMs`, `${name}HighMs`]);
  return {
    id: "worker-count-cliffs",
    title: "The height of the cliff in pools of different sizes",
    alt: `99th percentile of the overhead on run-queue in milliseconds against the number of workers, both axes logarithmic, for pools of ${sizes.join(", ")} workers: with one worker left, with all workers blocked in step, and with all workers blocked out of step, beside the length of a block divided by the number of workers.`,
    data: [
      lineKey("length of a block / workers", "dot", "#6e7781"),
      ...floorKey(floorMs, "p99"),
      evenly,
      ...series,
    ],
    layout: {
      height: 400,
      margin: { l: 64, r: 110, t: 40, b: 56 },
      xaxis: logAxis("Workers", null, { tickvals: sizes, ticktext: sizes.map(String), dtick: undefined }),
      yaxis: logAxis("Overhead p99", "ms", {
        range: logRange([...rows, { floorMs }], [...columns, "evenlyOutOfStepMs", "floorMs"]),
      }),
      annotations,
      shapes: floorLines(floorMs, "y"),
    },
  };
}
