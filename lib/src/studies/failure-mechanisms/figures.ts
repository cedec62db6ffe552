import type { Annotation, Data } from "plotly.js";
import { directLabels } from "../../drawing/direct-labels.ts";
import type { Figure } from "../../drawing/figure.ts";
import { intervalSeries } from "../../drawing/interval-series.ts";
import { keysOnTop, markerKeys } from "../../drawing/marker-keys.ts";
import { palette } from "../../drawing/palette.ts";
import { type PanelAxes, panels } from "../../drawing/panels.ts";
import { saturationLabel, saturationLine } from "../../drawing/saturation-mark.ts";
import { axis, seriesStyle } from "../../drawing/theme.ts";
import { levelsOf, rowsOf } from "../../summary/rows.ts";
import type { ChannelDepth, DatabaseHealth, MechanismFailure } from "./analysis.ts";

const databaseLines = [
  { column: "idleInTransaction", label: "idle in transaction", color: palette.vermilion, symbol: "square" },
  { column: "active", label: "running a query", color: palette.blue, symbol: "circle" },
] as const;

const connections = 4;

/**
 * Draws what the service's connections did while operations arrived, by `pg_stat_activity`, against blockers on the
 * shared pool.
 *
 * @param health what `databaseHealth` gives
 */
export function failureMechanismsDatabase(health: readonly DatabaseHealth[], workers: number): Figure {
  const rows = [...rowsOf(health, { placement: "none" }), ...rowsOf(health, { placement: "shared" })];
  const axes = { xaxis: "x", yaxis: "y" };
  const last = rows.at(-1);
  return {
    id: "failure-mechanisms-database",
    title: "Connections that wait for their owners",
    alt: `Mean number of the service's ${connections} database connections that sat idle in a transaction and that ran a query, against the number of blockers on the shared pool, with 95 % intervals over runs; a line marks ${workers} blockers, where all workers are blocked.`,
    data: databaseLines.map(({ column, label, color, symbol }) =>
      intervalSeries({
        name: label,
        rows,
        x: (row) => row.blockers,
        y: [column, `${column}Low`, `${column}High`],
        style: { color, symbol, dash: "solid" },
        unit: "connections",
      }),
    ),
    layout: {
      xaxis: axis("Blockers", null, { range: [-0.4, workers + 3.7], dtick: 1, tick0: 0 }),
      yaxis: axis(`Connections, of ${connections}`, null, { range: [-0.25, connections + 0.95], dtick: 1 }),
      annotations: [
        saturationLabel(workers, axes),
        ...directLabels(
          databaseLines.flatMap(({ column, label, color }) =>
            last ? [{ text: label, color, x: last.blockers, y: Number(last[column]) }] : [],
          ),
          { gap: 0.3 },
        ),
      ],
      shapes: [saturationLine(workers, axes)],
      height: 360,
    },
  };
}

const capacity = 8;

/**
 * Draws how full the bounded channel was over time: without blockers, below, at and above saturation, and with the most
 * blockers on a pool of their own.
 *
 * @param depths what `channelDepths` gives
 */
export function failureMechanismsDepth(depths: readonly ChannelDepth[], workers: number): Figure {
  const kinds = [
    { placement: "none", blockers: 0, label: "no blockers", color: palette.faint, symbol: "circle" },
    {
      placement: "shared",
      blockers: workers - 1,
      label: `${workers - 1} blockers`,
      color: palette.ochre,
      symbol: "diamond",
    },
    {
      placement: "shared",
      blockers: workers,
      label: `${workers} blockers`,
      color: palette.vermilion,
      symbol: "square",
    },
    {
      placement: "shared",
      blockers: workers + 2,
      label: `${workers + 2} blockers`,
      color: palette.rust,
      symbol: "triangle-up",
    },
    {
      placement: "isolated",
      blockers: workers + 2,
      label: `${workers + 2} offloaded`,
      color: palette.blue,
      symbol: "x",
    },
  ] as const;
  const drawn = kinds
    .map((kind) => ({
      ...kind,
      rows: rowsOf(depths, { placement: kind.placement, blockers: kind.blockers }).filter(
        ({ atMs }) => atMs < lastMs,
      ),
    }))
    .filter(({ rows }) => rows.length > 0);
  const series = drawn.map(
    ({ rows, label, color, symbol, placement }): Data =>
      intervalSeries({
        name: label,
        rows,
        x: (row) => row.atMs,
        y: ["depth", "depthLow", "depthHigh"],
        style: { color, symbol, dash: placement === "isolated" ? "dot" : "solid" },
        open: placement === "isolated",
        unit: "events",
      }),
  );
  const labels = directLabels(
    drawn.map(({ rows, label, color }) => {
      const last = rows.at(-1) as ChannelDepth;
      return { text: label, color, x: last.atMs, y: Number(last.depth) };
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
          line: { color: palette.slate, width: 1, dash: "dash" },
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
  font: { color: palette.slate, size: 12 },
  x: 1,
  xref: "x domain" as "paper",
  xanchor: "right",
  y: capacity,
  yanchor: "top",
  showarrow: false,
};

const lines = [
  { placement: "shared", label: "blockers on the same pool", open: false, dash: "solid" },
  { placement: "isolated", label: "blockers on a pool of their own", open: true, dash: "dot" },
] as const;

/**
 * Draws the failure rate against blockers, one panel a mechanism: blockers on the pool of the operations, and the same
 * blockers on an isolated one.
 *
 * @param failures what `mechanismFailures` gives
 */
export function failureMechanismsRates(failures: readonly MechanismFailure[], workers: number): Figure {
  const mechanisms = levelsOf(failures, "mechanism");
  const style = seriesStyle("piscina");
  const { layout, axes } = panels(
    mechanisms.map((text) => ({ text, color: style.color })),
    {
      columns: 2,
      x: axis("Blockers", null, { range: [-0.4, workers + 2.4], dtick: 1, tick0: 0 }),
      y: axis("Failed operations", "%", { range: [-4, 104], dtick: 25 }),
    },
  );
  const series = mechanisms.flatMap((mechanism, i) =>
    lines.map(({ placement, label, open, dash }) =>
      intervalSeries({
        name: label,
        rows: [
          ...rowsOf(failures, { mechanism, placement: "none" }),
          ...rowsOf(failures, { mechanism, placement }),
        ],
        x: (row) => row.blockers,
        y: ["failureShare", "failureLowShare", "failureHighShare"],
        scale: 100,
        style: { ...style, dash },
        open,
        axes: axes[i] as PanelAxes,
        unit: "%",
      }),
    ),
  );
  // In the second panel the curve leaves room for it.
  const [first, labelled = first] = axes;
  const label = labelled ? [saturationLabel(workers, labelled)] : [];
  return {
    id: "failure-mechanisms-rates",
    title: "Four mechanisms, one cliff",
    alt: `Share of failed operations in percent against the number of blockers, one panel for each of ${mechanisms.join(", ")}: blockers on the pool of the operations and the same blockers on a pool of their own, with 95 % intervals over runs; a line marks ${workers} blockers, where all workers are blocked.`,
    data: [...markerKeys(lines), ...series],
    layout: {
      ...layout,
      annotations: [...(layout.annotations ?? []), ...label],
      shapes: axes.map((panel) => saturationLine(workers, panel)),
      height: 520,
      legend: keysOnTop,
      margin: { l: 64, r: 16, t: 64, b: 52 },
    },
  };
}
