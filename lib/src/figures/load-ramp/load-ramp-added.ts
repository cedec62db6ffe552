import type { ColumnTable } from "arquero";
import type { Data } from "plotly.js";
import type { Figure } from "../figure.ts";
import { intervalSeries } from "../interval-series.ts";
import { type PanelAxes, panels } from "../panels.ts";
import { levelsOf, type Row, rowsOf } from "../rows.ts";
import { axis, logAxis, seriesStyle } from "../theme.ts";

/**
 * Draws what blocking adds to the failure rate against tasks, one panel an executor: the rate with all workers but one
 * blocked less the rate without blockers, in percentage points. Below zero, blockers help.
 *
 * @param added what `rampFailures` gives
 */
export function loadRampAdded(added: ColumnTable): Figure {
  const executors = levelsOf<string>(rowsOf(added), "executor");
  const most = Math.max(100, ...rowsOf(added).map((row) => row["tasks"] as number));
  const { layout, axes } = panels(
    executors.map((text) => ({ text, color: seriesStyle(text).color })),
    {
      columns: Math.min(executors.length, 3),
      x: logAxis("Tasks", null, { range: [1.5, Math.log10(most) + 0.2] }),
      y: axis("Added failures", "points", { range: [-104, 104], dtick: 50, zeroline: true }),
    },
  );
  return {
    id: "load-ramp-added",
    title: "What blocking adds to the failures",
    alt: `Failure rate with all workers but one blocked less the failure rate without blockers, in percentage points, against the number of tasks on a logarithmic axis, one panel for each of ${executors.join(", ")}, with 95 % intervals.`,
    data: executors.map(
      (executor, i): Data =>
        intervalSeries({
          name: executor,
          rows: rowsOf(added, { executor }),
          x: (row: Row) => row["tasks"] as number,
          y: ["addedShare", "addedLowShare", "addedHighShare"],
          scale: 100,
          style: seriesStyle(executor),
          axes: axes[i] as PanelAxes,
          unit: "points",
        }),
    ),
    layout: { ...layout, height: 340 },
  };
}
