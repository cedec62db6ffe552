import { type ColumnTable, from } from "arquero";
import type { Dataset } from "../../tables/load.ts";
import { cells } from "../cells.ts";
import { meanOf, missing, quantileOf } from "../estimate.ts";
import { intervalColumns } from "../interval-columns.ts";
import { duringArrivals } from "./during-arrivals.ts";

const by = ["placement", "blockers"] as const;
const where = { mechanism: "connection-pool", kind: "check" } as const;

/**
 * Describes the database beside its clients while operations arrive, by placement × blockers: the median of a query on a
 * connection of its own, and how many of the service's connections, on average, ran a query or sat idle in a transaction,
 * and how many operations waited for one.
 */
export function databaseHealth(dataset: Dataset): ColumnTable {
  const arriving = duringArrivals(dataset);
  const queries = cells(arriving, { by, where, value: "latencyNs" });
  const meansOf = (value: string) => cells(arriving, { by, where, value }).map(({ byRun }) => meanOf(byRun));
  const [active, idle, waiting] = [meansOf("active"), meansOf("idleInTransaction"), meansOf("waiting")];
  return from(
    queries.map(({ levels, byRun }, i) => ({
      ...levels,
      runs: byRun.length,
      ...intervalColumns("query", "Ms", quantileOf(byRun, 0.5), 1e-6),
      ...intervalColumns("active", "", active[i] ?? missing),
      ...intervalColumns("idleInTransaction", "", idle[i] ?? missing),
      ...intervalColumns("waiting", "", waiting[i] ?? missing),
    })),
  );
}
