import type { ColumnTable } from "arquero";
import type { Annotation, Data } from "plotly.js";
import { directLabels } from "../direct-labels.ts";
import type { Figure } from "../figure.ts";
import { intervalSeries } from "../interval-series.ts";
import { type PanelAxes, panels } from "../panels.ts";
import { tokioFailures } from "../published-rows.ts";
import { levelsOf, type Row, rowsOf } from "../rows.ts";
import { axis, seriesStyle } from "../theme.ts";

const tokioName = "tokio (published)";
const clients = (row: Row) => row["clients"] as number;

/**
 * Draws the failure rate against clients, closed loop, one panel an executor, Tokio's published rates in each.
 *
 * @param failures what `failureRates` gives
 * @param published what `publishedTokio("request-timeouts")` gives
 * @param workers the worker count to draw
 */
export function requestTimeoutsFailures(
  failures: ColumnTable,
  published: ColumnTable,
  workers: number,
): Figure {
  const executors = levelsOf<string>(rowsOf(failures, { load: "closed-loop", workers }), "executor");
  const tokio = tokioFailures(published);
  const { layout, axes } = panels(
    executors.map((text) => ({ text, color: seriesStyle(text).color })),
    {
      columns: 3,
      x: axis("Clients", null, { range: [-2, 54], dtick: 10, tick0: 0 }),
      y: axis("Failed requests", "%", { range: [-3, 103], dtick: 25 }),
    },
  );
  const data: Data[] = [];
  const annotations: Partial<Annotation>[] = [...(layout.annotations ?? [])];
  for (const [i, executor] of executors.entries()) {
    const panel = axes[i] as PanelAxes;
    const shared = { x: clients, scale: 100, axes: panel, unit: "%" };
    data.push(
      intervalSeries({
        ...shared,
        name: tokioName,
        rows: tokio,
        y: ["failureShare"],
        style: seriesStyle(tokioName),
        open: true,
      }),
      intervalSeries({
        ...shared,
        name: executor,
        rows: rowsOf(failures, { load: "closed-loop", workers, executor }),
        y: ["failureShare", "failureLowShare", "failureHighShare"],
        style: seriesStyle(executor),
      }),
    );
    if (i === 0) annotations.push(...tokioLabel(tokio, panel));
  }
  return {
    id: "request-timeouts-failures",
    title: "Failed requests against clients",
    alt: `Share of failed requests in percent against the number of clients at ${workers} workers, closed loop: one panel for each of ${executors.join(", ")}, with 95 % intervals over runs and the rates published for Tokio in each.`,
    data,
    layout: { ...layout, height: 360, annotations },
  };
}

/** Names the published line below it, where it is steep and the space is free. */
function tokioLabel(tokio: readonly Row[], axes: PanelAxes): Partial<Annotation>[] {
  const at = tokio.find((row) => (row["failureShare"] as number) > 0.3);
  if (at === undefined) return [];
  const label = {
    text: "Tokio<br>(published)",
    color: seriesStyle(tokioName).color,
    x: clients(at) + 3,
    y: (at["failureShare"] as number) * 100 - 12,
  };
  return directLabels([label], { gap: 1, axes });
}
