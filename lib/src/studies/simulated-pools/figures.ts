import type { Data, LayoutAxis } from "plotly.js";
import { directLabels } from "../../drawing/direct-labels.ts";
import type { Figure } from "../../drawing/figure.ts";
import { intervalSeries } from "../../drawing/interval-series.ts";
import { logRange } from "../../drawing/log-range.ts";
import { keysOnTop } from "../../drawing/marker-keys.ts";
import { lineKey, modelLine } from "../../drawing/model-line.ts";
import { palette } from "../../drawing/palette.ts";
import { type PanelAxes, panels } from "../../drawing/panels.ts";
import { poolColor, workersText } from "../../drawing/pool-sizes.ts";
import { positive } from "../../drawing/positive.ts";
import { saturationLine } from "../../drawing/saturation-mark.ts";
import { axis, logAxis, seriesStyle } from "../../drawing/theme.ts";
import { intervalNames } from "../../summary/interval-columns.ts";
import { levelsOf, rowsOf } from "../../summary/rows.ts";
import type { SimulatedCliff, SimulatedFailure, SimulatedKnee } from "./analysis.ts";

const workers = (row: { readonly workers: number }) => row.workers;
const faint = { color: palette.faint, dash: "dot", symbol: "circle" } as const;

const sweeps = [
  { load: "in-step", label: "in step", open: false },
  { load: "out-of-step", label: "out of step", open: true },
] as const;

/**
 * Draws p99 of the overhead with every worker blocked against the size of a simulated shared queue, both axes logarithmic, for
 * blockers in step and out of step; thin lines are the closed forms.
 *
 * @param cliffs what `simulatedCliffs` gives
 */
export function simulatedPoolsCliffs(cliffs: readonly SimulatedCliff[]): Figure {
  const rows = rowsOf(cliffs, { blocked: "all" });
  const style = seriesStyle("run-queue");
  const columns = intervalNames("p99", "Ms");
  const data = sweeps.flatMap(({ load, label, open }): Data[] => {
    const shared = { rows: rowsOf(rows, { load }), x: workers, log: true, unit: "ms" };
    return [
      modelLine({ ...shared, name: `${label} (closed form)`, y: ["lawMs"], style: faint }),
      intervalSeries({ ...shared, name: label, y: columns, style, open }),
    ];
  });
  const labels = sweeps.flatMap(({ load, label }) => {
    const last = rowsOf(rows, { load }).at(-1);
    const y = positive(last?.p99Ms);
    return last === undefined || y === null
      ? []
      : [{ text: label, color: style.color, x: Math.log10(last.workers), y }];
  });
  return {
    id: "simulated-pools-cliffs",
    title: "The cliff in simulated pools of up to a million workers",
    alt: `99th percentile of the overhead in milliseconds, with every worker blocked, against the number of workers of a simulated shared queue, both axes logarithmic: blockers in step and out of step, beside the closed forms.`,
    data: [lineKey("closed form", "dot", palette.faint), ...data],
    layout: {
      height: 380,
      margin: { l: 64, r: 90, t: 40, b: 56 },
      xaxis: sizeAxis(rows.map(workers)),
      yaxis: logAxis("Overhead p99", "ms", { range: logRange(rows, [...columns, "lawMs"]) }),
      annotations: directLabels(labels, { log: true, gap: 0.3 }),
    },
  };
}

const knees = [
  { columns: intervalNames("half", "PerWorker"), label: "half fail", law: "halfLawPerWorker", open: false },
  { columns: intervalNames("onset", "PerWorker"), label: "5 % fail", law: null, open: false },
  { columns: null, label: "all busy", law: "busyLawPerWorker", open: true },
] as const;

/**
 * Draws, in clients for each worker, where one request in twenty and where half of them fail in simulated shared queues, against
 * their size; thin lines are the laws for when all workers are busy and for when half of the requests fail.
 *
 * @param table what `simulatedKnees` gives
 */
export function simulatedPoolsKnees(table: readonly SimulatedKnee[]): Figure {
  const rows = rowsOf(table, { executor: "run-queue" });
  const style = seriesStyle("run-queue");
  const shared = { rows, x: workers, unit: "clients a worker" };
  const data = knees.flatMap(({ columns, label, law, open }): Data[] => [
    ...(law === null ? [] : [modelLine({ ...shared, name: `${label} (law)`, y: [law], style: faint })]),
    ...(columns === null ? [] : [intervalSeries({ ...shared, name: label, y: columns, style, open })]),
  ]);
  const last = rows.at(-1);
  const labels = knees.flatMap(({ columns, law, label }) => {
    const y = positive(last?.[columns?.[0] ?? law ?? "busyLawPerWorker"]);
    return last === undefined || y === null
      ? []
      : [
          {
            text: label,
            color: columns === null ? palette.slate : style.color,
            x: Math.log10(last.workers),
            y,
          },
        ];
  });
  return {
    id: "simulated-pools-knees",
    title: "The knee in simulated pools of different sizes",
    alt: `Clients for each worker against the number of workers of a simulated shared queue: where one request in twenty fails and where half of them do, with 95 % intervals over runs, beside the laws for when all workers are busy and for when half of the requests fail.`,
    data: [lineKey("law", "dot", palette.faint), ...data],
    layout: {
      height: 380,
      margin: { l: 64, r: 90, t: 40, b: 56 },
      xaxis: sizeAxis(rows.map(workers)),
      yaxis: axis("Clients for each worker", null, { rangemode: "tozero" }),
      annotations: directLabels(labels, { gap: 0.7 }),
    },
  };
}

/**
 * Draws simulated failure rates against clients for each worker, one panel an executor and one line a pool size; a dotted line
 * marks from where on all workers are busy.
 *
 * @param failures what `simulatedFailures` gives
 * @param busyPerWorker clients for each worker at that line
 */
export function simulatedPoolsFailures(
  failures: readonly SimulatedFailure[],
  busyPerWorker: number | null,
): Figure {
  const executors = levelsOf(failures, "executor");
  const pools = levelsOf(failures, "workers");
  const { layout, axes } = panels(
    executors.map((text) => ({ text, color: seriesStyle(text).color })),
    {
      columns: 2,
      x: axis("Clients per worker", null, { range: [0, 9.5], dtick: 2, tick0: 0 }),
      y: axis("Failed requests", "%", { range: [-3, 103], dtick: 25 }),
    },
  );
  const lines = executors.flatMap((executor, i) =>
    pools.map((size, j) =>
      modelLine({
        name: workersText(size),
        rows: rowsOf(failures, { executor, workers: size }),
        x: ({ clients }) => clients,
        y: ["failureShare"],
        scale: 100,
        style: { color: poolColor(j, pools.length), dash: "solid", symbol: "circle" },
        axes: axes[i] as PanelAxes,
        unit: "%",
      }),
    ),
  );
  return {
    id: "simulated-pools-failures",
    title: "How wide the gap between warning and failure is",
    alt: `Simulated share of failed requests in percent against clients per worker, one panel for each of ${executors.join(" and ")}, one line for each of ${pools.map(workersText).join(", ")}. A dotted line marks from where on all workers are busy.`,
    data: [
      ...pools.map((size, j) => lineKey(workersText(size), "solid", poolColor(j, pools.length))),
      ...lines,
    ],
    layout: {
      ...layout,
      height: 370,
      shapes: busyPerWorker === null ? [] : axes.map((panel) => saturationLine(busyPerWorker, panel)),
      legend: keysOnTop,
      margin: { l: 64, r: 16, t: 64, b: 52 },
    },
  };
}

function sizeAxis(sizes: readonly number[]): Partial<LayoutAxis> {
  const distinct = [...new Set(sizes)];
  return logAxis("Workers", null, {
    tickvals: distinct,
    ticktext: distinct.map((size) => size.toLocaleString("en-US")),
    dtick: undefined,
  });
}
