import type { ColumnTable } from "arquero";
import type { Dataset } from "../../tables/load.ts";
import { type Handed, numberAt, pascal } from "../handed.ts";
import { mainWorkers } from "../main-workers.ts";

/** The tables that the notebook on the failure mechanisms has made. */
export interface MechanismSummaries {
  readonly failures: ColumnTable;
  readonly health: ColumnTable;
  readonly depths: ColumnTable;
}

const mechanisms = ["time-out", "bounded-channel", "connection-pool", "mutex"];

/** The time from which on the depth of the channel counts as settled. */
const settledMs = 425;

/**
 * Names the numbers that the article cites. `Healthy` is without blockers, `Below`, `At` and `Above` are one blocker less
 * than workers, as many, and two more on the shared pool, `Offloaded` as many as above on a pool of their own. Null where
 * the profile did not measure a value.
 */
export function mechanismValues(dataset: Dataset, { failures, health, depths }: MechanismSummaries): Handed {
  const workers = mainWorkers(dataset);
  const { runs } = dataset.manifest;
  const settings = {
    Healthy: { placement: "none", blockers: 0 },
    Below: { placement: "shared", blockers: workers - 1 },
    At: { placement: "shared", blockers: workers },
    Above: { placement: "shared", blockers: workers + 2 },
    Offloaded: { placement: "isolated", blockers: workers + 2 },
  } as const;
  const values: Record<string, number | null> = {
    workers,
    runs: runs.valid,
    invalidRuns: runs.planned - runs.valid,
    operations: sum(failures, "operations"),
    falseTimeouts: sum(failures, "falseTimeouts"),
    timeOutFailures: sum(
      failures.params({ one: "time-out" }).filter((row: Row, $: Row) => row["mechanism"] === $["one"]),
      "failures",
    ),
  };
  for (const [setting, where] of Object.entries(settings)) {
    for (const mechanism of mechanisms) {
      const name = `${pascal(mechanism)}${setting}`;
      const one = { mechanism, ...where };
      values[`failure${name}Share`] = numberAt(failures, one, "failureShare");
      values[`p50${name}Ms`] = numberAt(failures, one, "p50Ms");
      if (mechanism === "time-out") continue;
      values[`wait${name}Ms`] = numberAt(failures, one, "waitMs");
      values[`held${name}Ms`] = numberAt(failures, one, "heldMs");
    }
    values[`query${setting}Ms`] = numberAt(health, where, "queryMs");
    values[`idle${setting}`] = numberAt(health, where, "idleInTransaction");
    values[`active${setting}`] = numberAt(health, where, "active");
    values[`depth${setting}`] = numberAt(depths, { ...where, atMs: settledMs }, "depth");
  }
  return values;
}

type Row = Readonly<Record<string, string | number | null>>;

function sum(table: ColumnTable, column: string): number {
  return (table.objects() as Record<string, number>[]).reduce((total, row) => total + (row[column] ?? 0), 0);
}
