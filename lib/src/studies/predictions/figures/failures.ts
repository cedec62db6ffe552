import type { Figure } from "../../../drawing/figure.ts";
import { keysOnTop, markerKeys } from "../../../drawing/marker-keys.ts";
import { lineKey, measuredMarks, modelLine } from "../../../drawing/model-line.ts";
import { type PanelAxes, panels } from "../../../drawing/panels.ts";
import { axis, seriesStyle } from "../../../drawing/theme.ts";
import { intervalNames } from "../../../summary/interval-columns.ts";
import { levelsOf, rowsOf } from "../../../summary/rows.ts";
import type { FailurePrediction } from "../analysis/sweeps.ts";

/**
 * Draws predicted and measured failure rates against clients, closed loop, one panel an executor.
 *
 * @param predictions what `failurePredictions` gives
 * @param workers the worker count that was measured
 */
export function predictionsFailures(predictions: readonly FailurePrediction[], workers: number): Figure {
  const executors = levelsOf(predictions, "executor");
  const { layout, axes } = panels(
    executors.map((text) => ({ text, color: seriesStyle(text).color })),
    {
      columns: 2,
      x: axis("Clients", null, { range: [-2, 54], dtick: 10, tick0: 0 }),
      y: axis("Failed requests", "%", { range: [-3, 103], dtick: 25 }),
    },
  );
  const lines = executors.flatMap((executor, i) => {
    const shared = {
      rows: rowsOf(predictions, { executor }),
      x: ({ clients }: FailurePrediction) => clients,
      scale: 100,
      style: seriesStyle(executor),
      axes: axes[i] as PanelAxes,
      unit: "%",
    };
    return [
      modelLine({ ...shared, name: "simulated", y: ["modelShare"] }),
      measuredMarks({ ...shared, name: "measured", y: intervalNames("failure", "Share") }),
    ];
  });
  return {
    id: "predictions-failures",
    title: "Predicted and measured failures",
    alt: `Share of failed requests in percent against the number of clients at ${workers} workers, closed loop, one panel for each of ${executors.join(" and ")}: as measured, with 95 % intervals over runs, and as simulated.`,
    data: [...markerKeys([{ label: "measured", open: false }]), lineKey("simulated", "solid"), ...lines],
    layout: { ...layout, height: 370, legend: keysOnTop, margin: { l: 64, r: 16, t: 64, b: 52 } },
  };
}
