import type { ColumnTable } from "arquero";
import type { Figure } from "../figure.ts";
import { intervalSeries } from "../interval-series.ts";
import { keysOnTop } from "../marker-keys.ts";
import { lineKey } from "../model-line.ts";
import { type PanelAxes, panels } from "../panels.ts";
import { levelsOf, type Row, rowsOf } from "../rows.ts";
import { axis } from "../theme.ts";
import { treatmentName, treatmentStyle } from "./treatment-style.ts";

const INK = "#1f2328";

const paths = [
  { text: "requests that never block", column: "plainFailure" },
  { text: "requests that block", column: "blockingFailure" },
] as const;

/**
 * Draws the failure rate against connections in closed loop, one panel for the requests that never block and one for
 * those that do, one line a treatment: whom each treatment saves.
 *
 * @param rates what `serviceRates` gives
 */
export function httpServiceFailures(rates: ColumnTable): Figure {
  const all = rowsOf(rates, { load: "closed-loop" });
  const treatments = levelsOf<string>(all, "treatment");
  const { layout, axes } = panels(
    paths.map(({ text }) => ({ text, color: INK })),
    {
      columns: 2,
      x: axis("Connections", null, { range: [0, 53], dtick: 10, tick0: 0 }),
      y: axis("Failed requests", "%", { range: [-3, 103], dtick: 25 }),
    },
  );
  const lines = paths.flatMap(({ column }, i) =>
    treatments.map((treatment) =>
      intervalSeries({
        name: treatmentName(treatment),
        rows: all.filter((row) => row["treatment"] === treatment),
        x: (row: Row) => row["connections"] as number,
        y: [`${column}Share`, `${column}LowShare`, `${column}HighShare`],
        scale: 100,
        style: treatmentStyle(treatment),
        axes: axes[i] as PanelAxes,
        unit: "%",
      }),
    ),
  );
  const keys = treatments.map((treatment) => {
    const { dash, color } = treatmentStyle(treatment);
    return lineKey(treatmentName(treatment), dash, color);
  });
  return {
    id: "http-service-failures",
    title: "Whom each treatment saves",
    alt: `Share of failed requests in percent against the number of connections, closed loop: one panel for requests that never block and one for requests that block, one line for each of ${treatments.map(treatmentName).join(", ")}, with 95 % intervals over runs.`,
    data: [...keys, ...lines],
    layout: { ...layout, height: 380, legend: keysOnTop, margin: { l: 64, r: 16, t: 64, b: 52 } },
  };
}
