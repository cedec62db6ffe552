import type { ColumnTable } from "arquero";
import type { Data } from "plotly.js";
import { directLabels } from "../direct-labels.ts";
import type { Figure } from "../figure.ts";
import { intervalSeries } from "../interval-series.ts";
import { lineKey, modelLine } from "../model-line.ts";
import { positive, type Row, rowsOf } from "../rows.ts";
import { axis, logAxis, seriesStyle } from "../theme.ts";

const workers = (row: Row) => row["workers"] as number;
const grey = "#6e7781";

const knees = [
  { name: "half", label: "half fail", law: "halfLaw", open: false },
  { name: "onset", label: "5 % fail", law: null, open: false },
  { name: "busy", label: "all busy", law: "busyLaw", open: true },
] as const;

/**
 * Draws the knees of the request sweep on run-queue, in clients for each worker, against the size of the pool: where the
 * workers become the bottleneck, where one request in twenty fails, and where half of them do, beside the laws for the
 * first and the last.
 *
 * @param table what `poolSizeKnees` gives
 */
export function workerCountKnees(table: ColumnTable): Figure {
  const rows = rowsOf(table).map((row) => ({
    ...row,
    ...Object.fromEntries(
      ["busyLaw", "halfLaw"].map((law) => [
        `${law}PerWorker`,
        (row[`${law}Clients`] as number) / workers(row),
      ]),
    ),
  })) as Row[];
  const style = seriesStyle("run-queue");
  const sizes = rows.map(workers);
  const shared = { rows, x: workers, unit: "clients a worker" };
  const data = knees.flatMap(({ name, label, law, open }): Data[] => [
    ...(law === null
      ? []
      : [
          modelLine({
            ...shared,
            name: `${label} (law)`,
            y: [`${law}PerWorker`],
            style: { ...style, color: grey, dash: "dot" },
          }),
        ]),
    intervalSeries({
      ...shared,
      name: label,
      y: [`${name}PerWorker`, `${name}PerWorkerLow`, `${name}PerWorkerHigh`],
      style,
      open,
    }),
  ]);
  const last = rows.at(-1);
  const labels = knees.flatMap(({ name, label }) => {
    const y = positive(last?.[`${name}PerWorker`]);
    return last === undefined || y === null
      ? []
      : [{ text: label, color: style.color, x: Math.log10(workers(last)), y }];
  });
  return {
    id: "worker-count-knees",
    title: "The knees of the requests in pools of different sizes",
    alt: `Clients for each worker against the number of workers, for pools of ${sizes.join(", ")} workers on run-queue: where all workers are busy, where one request in twenty fails and where half of them do, with 95 % intervals over runs, beside the laws for the first and the last.`,
    data: [lineKey("law", "dot", grey), ...data],
    layout: {
      height: 400,
      margin: { l: 64, r: 90, t: 40, b: 56 },
      xaxis: logAxis("Workers", null, { tickvals: sizes, ticktext: sizes.map(String), dtick: undefined }),
      yaxis: axis("Clients for each worker", null, { rangemode: "tozero" }),
      annotations: directLabels(labels, { gap: 0.7 }),
    },
  };
}
