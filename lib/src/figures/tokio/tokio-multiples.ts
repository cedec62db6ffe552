import type { ColumnTable } from "arquero";
import type { Data } from "plotly.js";
import { publishedWorkers } from "../../tables/published-workers.ts";
import type { Figure } from "../figure.ts";
import { intervalSeries } from "../interval-series.ts";
import { keysOnTop, markerKeys } from "../marker-keys.ts";
import { type PanelAxes, panels } from "../panels.ts";
import { levelsOf, type Row, rowsOf } from "../rows.ts";
import { axis, logAxis, seriesStyle } from "../theme.ts";

const tokioName = "tokio (published)";
const quantities = [
  { quantity: "p99 over its own floor", label: "p99", open: false },
  { quantity: "p50 over its own floor", label: "p50", open: true },
] as const;

const blockers = (row: Row) => row["blockers"] as number;

/**
 * Draws each system against its own healthy state: quantiles of the overhead as multiples of the same quantile without
 * blockers, one panel a system, Tokio's published values in the last.
 *
 * @param delays what `delaysBesideTokio` gives
 * @param tasks the number of tasks to draw
 */
export function tokioMultiples(delays: ColumnTable, tasks: number): Figure {
  const rows = rowsOf(delays, { tasks });
  const systems = [...levelsOf<string>(rows, "executor"), tokioName];
  const { layout, axes } = panels(
    systems.map((text) => ({ text, color: seriesStyle(text).color })),
    {
      columns: 2,
      x: axis(`Blocked workers, of ${publishedWorkers}`, null, {
        range: [0.6, publishedWorkers + 0.4],
        dtick: 1,
        tick0: 0,
      }),
      y: logAxis("Multiple of its own value", "×", { range: [-0.45, 2.65] }),
    },
  );
  const data: Data[] = systems.flatMap((system, i) =>
    quantities.map(({ quantity, label, open }) => {
      const published = system === tokioName;
      const side = published ? "tokio" : "ours";
      // Every executor's rows repeat what was published.
      const executor = published ? (systems[0] as string) : system;
      return intervalSeries({
        name: `${system}, ${label}`,
        rows: rowsOf(delays, { tasks, executor, quantity }),
        x: blockers,
        y: [side, `${side}Low`, `${side}High`],
        style: seriesStyle(system),
        open,
        axes: axes[i] as PanelAxes,
        unit: "×",
      });
    }),
  );
  return {
    id: "tokio-multiples",
    title: "Each system against its own floor",
    alt: `Median and 99th percentile of the overhead as multiples of their values without blockers, on a logarithmic scale, against the number of blocked workers of ${publishedWorkers}: one panel for each of ${systems.join(", ")}, ${tasks} tasks, with 95 % intervals over runs and the range of the published runs.`,
    data: [...markerKeys(quantities), ...data],
    layout: { ...layout, height: 520, legend: keysOnTop, margin: { l: 64, r: 16, t: 64, b: 52 } },
  };
}
