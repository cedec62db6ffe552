import type { ColumnTable } from "arquero";
import { directLabels } from "../direct-labels.ts";
import type { Figure } from "../figure.ts";
import { intervalSeries } from "../interval-series.ts";
import { type Row, rowsOf } from "../rows.ts";
import { saturationLabel, saturationLine } from "../saturation-mark.ts";
import { axis } from "../theme.ts";

const lines = [
  { column: "idleInTransaction", label: "idle in transaction", color: "#D55E00", symbol: "square" },
  { column: "active", label: "running a query", color: "#0072B2", symbol: "circle" },
] as const;

const connections = 4;

/**
 * Draws what the service's connections did while operations arrived, by `pg_stat_activity`, against blockers on the
 * shared pool.
 *
 * @param health what `databaseHealth` gives
 */
export function failureMechanismsDatabase(health: ColumnTable, workers: number): Figure {
  const rows = [...rowsOf(health, { placement: "none" }), ...rowsOf(health, { placement: "shared" })];
  const axes = { xaxis: "x", yaxis: "y" };
  const last = rows.at(-1);
  return {
    id: "failure-mechanisms-database",
    title: "Connections that wait for their owners",
    alt: `Mean number of the service's ${connections} database connections that sat idle in a transaction and that ran a query, against the number of blockers on the shared pool, with 95 % intervals over runs; a line marks ${workers} blockers, where all workers are blocked.`,
    data: lines.map(({ column, label, color, symbol }) =>
      intervalSeries({
        name: label,
        rows,
        x: (row: Row) => row["blockers"] as number,
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
          lines.flatMap(({ column, label, color }) =>
            last ? [{ text: label, color, x: last["blockers"] as number, y: last[column] as number }] : [],
          ),
          { gap: 0.3 },
        ),
      ],
      shapes: [saturationLine(workers, axes)],
      height: 360,
    },
  };
}
