import type { ColumnTable } from "arquero";
import type { Annotation, Data, Shape } from "plotly.js";
import { directLabels } from "../../../drawing/direct-labels.ts";
import type { Figure } from "../../../drawing/figure.ts";
import { logRange } from "../../../drawing/log-range.ts";
import { keysOnTop, markerKeys } from "../../../drawing/marker-keys.ts";
import { lineKey, measuredMarks, modelLine } from "../../../drawing/model-line.ts";
import { type PanelAxes, panels } from "../../../drawing/panels.ts";
import { levelsOf, positive, type Row, rowsOf } from "../../../drawing/rows.ts";
import { saturationLabel, saturationLine } from "../../../drawing/saturation-mark.ts";
import { axis, logAxis, seriesStyle } from "../../../drawing/theme.ts";

const quantities = [
  { quantity: "p99", open: false },
  { quantity: "mean", open: true },
] as const;
const blockers = (row: Row) => row["blockers"] as number;

/**
 * Draws predicted and measured overhead against blockers, one panel an executor: p99 and mean, measured as marks with
 * intervals, simulated as solid lines and by closed form as dotted ones.
 *
 * @param predictions what `delayPredictions` gives
 * @param workers the worker count that was measured
 */
export function predictionsDelays(predictions: ColumnTable, workers: number): Figure {
  const all = rowsOf(predictions);
  const executors = levelsOf<string>(all, "executor");
  const most = Math.max(workers, ...all.map(blockers));
  const bounds = quantities.flatMap(({ quantity }) =>
    ["Ms", "LowMs", "HighMs", "ModelMs", "FormulaMs"].map((end) => `${quantity}${end}`),
  );
  const { layout, axes } = panels(
    executors.map((text) => ({ text, color: seriesStyle(text).color })),
    {
      columns: 2,
      x: axis("Blockers", null, { range: [-0.4, most + 1], dtick: 1, tick0: 0 }),
      y: logAxis("Overhead", "ms", { range: logRange(all, bounds) }),
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
    data.push(...quantities.flatMap(({ quantity, open }) => lines(rows, executor, quantity, open, panel)));
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

function lines(rows: readonly Row[], executor: string, quantity: string, open: boolean, axes: PanelAxes) {
  const style = seriesStyle(executor);
  const shared = { rows, x: blockers, log: true, axes, unit: "ms" };
  const line = (name: string, column: string, dash: "solid" | "dot") =>
    modelLine({ ...shared, name: `${quantity} ${name}`, y: [column], style: { ...style, dash } });
  return [
    line("simulated", `${quantity}ModelMs`, "solid"),
    line("closed form", `${quantity}FormulaMs`, "dot"),
    measuredMarks({
      ...shared,
      name: `${quantity} measured`,
      y: [`${quantity}Ms`, `${quantity}LowMs`, `${quantity}HighMs`],
      style,
      open,
    }),
  ];
}

function labels(rows: readonly Row[], executor: string, axes: PanelAxes): Partial<Annotation>[] {
  const last = rows.at(-1);
  const named = quantities.flatMap(({ quantity }) => {
    const y = positive(last?.[`${quantity}ModelMs`]);
    const { color } = seriesStyle(executor);
    return y === null || last === undefined ? [] : [{ text: quantity, color, x: blockers(last), y }];
  });
  return directLabels(named, { log: true, gap: 0.2, axes });
}
