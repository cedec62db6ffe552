import type { ColumnTable } from "arquero";
import type { Annotation, Data } from "plotly.js";
import { directLabels } from "../direct-labels.ts";
import type { Figure } from "../figure.ts";
import { intervalSeries } from "../interval-series.ts";
import { type Row, rowsOf } from "../rows.ts";
import { axis } from "../theme.ts";

const capacity = 8;
const INK = "#3d444d";

/**
 * Draws how full the bounded channel was over time: without blockers, below, at and above saturation, and with the most
 * blockers on a pool of their own.
 *
 * @param depths what `channelDepths` gives
 */
export function failureMechanismsDepth(depths: ColumnTable, workers: number): Figure {
  const kinds = [
    { placement: "none", blockers: 0, label: "no blockers", color: "#7d8590", symbol: "circle" },
    {
      placement: "shared",
      blockers: workers - 1,
      label: `${workers - 1} blockers`,
      color: "#E69F00",
      symbol: "diamond",
    },
    {
      placement: "shared",
      blockers: workers,
      label: `${workers} blockers`,
      color: "#D55E00",
      symbol: "square",
    },
    {
      placement: "shared",
      blockers: workers + 2,
      label: `${workers + 2} blockers`,
      color: "#9c3300",
      symbol: "triangle-up",
    },
    {
      placement: "isolated",
      blockers: workers + 2,
      label: `${workers + 2} offloaded`,
      color: "#0072B2",
      symbol: "x",
    },
  ] as const;
  const drawn = kinds
    .map((kind) => ({
      ...kind,
      rows: rowsOf(depths, { placement: kind.placement, blockers: kind.blockers }).filter(
        ({ atMs }) => Number(atMs) < lastMs,
      ),
    }))
    .filter(({ rows }) => rows.length > 0);
  const series = drawn.map(
    ({ rows, label, color, symbol, placement }): Data =>
      intervalSeries({
        name: label,
        rows,
        x: (row: Row) => row["atMs"] as number,
        y: ["depth", "depthLow", "depthHigh"],
        style: { color, symbol, dash: placement === "isolated" ? "dot" : "solid" },
        open: placement === "isolated",
        unit: "events",
      }),
  );
  const labels = directLabels(
    drawn.map(({ rows, label, color }) => {
      const last = rows.at(-1) as Row;
      return { text: label, color, x: last["atMs"] as number, y: last["depth"] as number };
    }),
    { gap: 0.75 },
  );
  return {
    id: "failure-mechanisms-depth",
    title: "The bounded channel fills",
    alt: `Mean number of events in the channel against time in milliseconds, for ${drawn.map(({ label }) => label).join(", ")}, with 95 % intervals over runs; a line marks the buffer's capacity of ${capacity}.`,
    data: series,
    layout: {
      xaxis: axis("Time since the first event", "ms", { range: [0, lastMs + 90], dtick: 100 }),
      yaxis: axis("Events in the channel", null, { range: [-1.3, 11.4], dtick: 2, tick0: 0 }),
      annotations: [...labels, capacityLabel],
      shapes: [
        {
          type: "line",
          layer: "below",
          x0: 0,
          x1: 1,
          xref: "x domain" as "paper",
          y0: capacity,
          y1: capacity,
          line: { color: INK, width: 1, dash: "dash" },
        },
      ],
      height: 400,
    },
  };
}

/** After that, events only drain. */
const lastMs = 600;

const capacityLabel: Partial<Annotation> = {
  text: "room in the buffer",
  font: { color: INK, size: 12 },
  x: 1,
  xref: "x domain" as "paper",
  xanchor: "right",
  y: capacity,
  yanchor: "top",
  showarrow: false,
};
