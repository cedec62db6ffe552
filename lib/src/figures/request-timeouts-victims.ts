import type { ColumnTable } from "arquero";
import type { Data } from "plotly.js";
import type { Figure } from "./figure.ts";
import { intervalSeries } from "./interval-series.ts";
import { keysOnTop, markerKeys } from "./marker-keys.ts";
import { type PanelAxes, panels } from "./panels.ts";
import { levelsOf, type Row, rowsOf } from "./rows.ts";
import { axis, seriesStyle } from "./theme.ts";

const kinds = [
  { who: "bystanders", label: "never blocked (bystanders)", open: false, dash: "solid" },
  { who: "culprits", label: "blocked a worker (culprits)", open: true, dash: "dot" },
] as const;

/**
 * Draws the failure rate of requests that blocked a worker beside that of requests that did not, one panel an executor:
 * where the lines fall together, a failure does not point to its cause.
 *
 * @param victims what `failureVictims` gives
 */
export function requestTimeoutsVictims(victims: ColumnTable): Figure {
  const executors = levelsOf<string>(rowsOf(victims), "executor");
  const { layout, axes } = panels(
    executors.map((text) => ({ text, color: seriesStyle(text).color })),
    {
      columns: 3,
      x: axis("Clients", null, { range: [-2, 54], dtick: 10, tick0: 0 }),
      y: axis("Failed requests", "%", { range: [-3, 103], dtick: 25 }),
    },
  );
  const lines = executors.flatMap((executor, i) =>
    kinds.map(
      ({ who, label, open, dash }): Data =>
        intervalSeries({
          name: label,
          rows: rowsOf(victims, { executor, who }),
          x: (row: Row) => row["clients"] as number,
          y: ["failureShare", "failureLowShare", "failureHighShare"],
          scale: 100,
          style: { ...seriesStyle(executor), dash },
          open,
          axes: axes[i] as PanelAxes,
          unit: "%",
        }),
    ),
  );
  return {
    id: "request-timeouts-victims",
    title: "Who fails",
    alt: `Share of failed requests in percent against the number of clients, closed loop, one panel for each of ${executors.join(", ")}: requests that blocked a worker themselves and requests that never did, with 95 % intervals over runs.`,
    data: [...markerKeys(kinds), ...lines],
    layout: { ...layout, height: 370, legend: keysOnTop, margin: { l: 64, r: 16, t: 64, b: 52 } },
  };
}
