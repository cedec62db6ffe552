import type { Annotation, Data, Shape } from "plotly.js";
import { directLabels } from "../../../drawing/direct-labels.ts";
import type { Figure } from "../../../drawing/figure.ts";
import { logRange } from "../../../drawing/log-range.ts";
import { keysOnTop, markerKeys } from "../../../drawing/marker-keys.ts";
import { lineKey, measuredMarks, modelLine } from "../../../drawing/model-line.ts";
import { type PanelAxes, panels } from "../../../drawing/panels.ts";
import { positive } from "../../../drawing/positive.ts";
import { saturationLabel, saturationLine } from "../../../drawing/saturation-mark.ts";
import { axis, logAxis, seriesStyle } from "../../../drawing/theme.ts";
import { intervalNames } from "../../../summary/interval-columns.ts";
import { levelsOf, rowsOf } from "../../../summary/rows.ts";
import type { DelayPrediction } from "../analysis/sweeps.ts";

const quantities = [
  {
    quantity: "p99",
    measured: intervalNames("p99", "Ms"),
    simulated: "p99ModelMs",
    closedForm: "p99FormulaMs",
    open: false,
  },
  {
    quantity: "mean",
    measured: intervalNames("mean", "Ms"),
    simulated: "meanModelMs",
    closedForm: "meanFormulaMs",
    open: true,
  },
] as const;
const blockers = (row: DelayPrediction) => row.blockers;

/**
 * Draws predicted and measured overhead against blockers, one panel an executor: p99 and mean, measured as marks with
 * intervals, simulated as solid lines and by closed form as dotted ones.
 *
 * @param predictions what `delayPredictions` gives
 * @param workers the worker count that was measured
 */
export function predictionsDelays(predictions: readonly DelayPrediction[], workers: number): Figure {
  const executors = levelsOf(predictions, "executor");
  const most = Math.max(workers, ...predictions.map(blockers));
  const bounds = quantities.flatMap(({ measured, simulated, closedForm }) => [
    ...measured,
    simulated,
    closedForm,
  ]);
  const { layout, axes } = panels(
    executors.map((text) => ({ text, color: seriesStyle(text).color })),
    {
      columns: 2,
      x: axis("Blockers", null, { range: [-0.4, most + 1], dtick: 1, tick0: 0 }),
      y: logAxis("Overhead", "ms", { range: logRange(predictions, bounds) }),
    },
  );
  const data: Data[] = [
    ...markerKeys([{ label: "measured", open: false }]),
    lineKey("simulated", "solid"),
    lineKey("closed form", "dot"),
  ];
  const annotations: Partial<Annotation>[] = [...(layout.annotations ?? [])];
  const shapes: Partial<Shape>[] = [];
  for (const [i, executor] of executors.entries()) {
    const panel = axes[i] as PanelAxes;
    const rows = rowsOf(predictions, { executor });
    data.push(...quantities.flatMap((quantity) => lines(rows, executor, quantity, panel)));
    annotations.push(...labels(rows, executor, panel));
    shapes.push(saturationLine(workers, panel));
  }
  if (axes[0]) annotations.push(saturationLabel(workers, axes[0]));
  return {
    id: "predictions-delays",
    title: "Predicted and measured scheduling delay",
    alt: `Overhead in milliseconds, on a logarithmic axis, against the number of blockers at ${workers} workers, one panel for each of ${executors.join(" and ")}: 99th percentile and mean as measured, with 95 % intervals over runs, as simulated, and by closed form.`,
    data,
    layout: {
      ...layout,
      height: 420,
      annotations,
      shapes,
      legend: keysOnTop,
      margin: { l: 64, r: 16, t: 64, b: 52 },
    },
  };
}

function lines(
  rows: readonly DelayPrediction[],
  executor: string,
  { quantity, measured, simulated, closedForm, open }: (typeof quantities)[number],
  axes: PanelAxes,
) {
  const style = seriesStyle(executor);
  const shared = { rows, x: blockers, log: true, axes, unit: "ms" };
  const line = (name: string, column: keyof DelayPrediction, dash: "solid" | "dot") =>
    modelLine({ ...shared, name: `${quantity} ${name}`, y: [column], style: { ...style, dash } });
  return [
    line("simulated", simulated, "solid"),
    line("closed form", closedForm, "dot"),
    measuredMarks({
      ...shared,
      name: `${quantity} measured`,
      y: measured,
      style,
      open,
    }),
  ];
}

function labels(rows: readonly DelayPrediction[], executor: string, axes: PanelAxes): Partial<Annotation>[] {
  const last = rows.at(-1);
  const named = quantities.flatMap(({ quantity, simulated }) => {
    const y = positive(last?.[simulated]);
    const { color } = seriesStyle(executor);
    return y === null || last === undefined ? [] : [{ text: quantity, color, x: blockers(last), y }];
  });
  return directLabels(named, { log: true, gap: 0.2, axes });
}
