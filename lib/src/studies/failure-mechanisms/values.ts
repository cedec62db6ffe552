import type { ColumnTable } from "arquero";
import { type Handed, numberAt, pascal } from "../../summary/handed.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import type { Dataset } from "../../tables/load.ts";
import { querySlowdown } from "./analysis.ts";

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
    operations: total(failures, {}, "operations"),
    falseTimeouts: total(failures, {}, "falseTimeouts"),
    timeOutFailures: total(failures, { mechanism: "time-out" }, "failures"),
  };
  for (const [setting, where] of Object.entries(settings)) {
    const at = (table: ColumnTable, more: Levels, column: string) =>
      numberAt(table, { ...where, ...more }, column);
    for (const mechanism of mechanisms) {
      values[`failure${pascal(mechanism)}${setting}Share`] = at(failures, { mechanism }, "failureShare");
    }
    values[`sendWait${setting}Ms`] = at(failures, { mechanism: "bounded-channel" }, "waitMs");
    values[`depth${setting}`] = at(depths, { atMs: settledMs }, "depth");
    values[`acquireWait${setting}Ms`] = at(failures, { mechanism: "connection-pool" }, "waitMs");
    values[`connectionHold${setting}Ms`] = at(failures, { mechanism: "connection-pool" }, "heldMs");
    values[`query${setting}Ms`] = at(health, {}, "queryMs");
    values[`idle${setting}`] = at(health, {}, "idleInTransaction");
    values[`lockWait${setting}Ms`] = at(failures, { mechanism: "mutex" }, "waitMs");
    values[`lockHold${setting}Ms`] = at(failures, { mechanism: "mutex" }, "heldMs");
  }
  const slowdown = querySlowdown(dataset, workers + 2);
  return {
    ...values,
    querySlowdown: slowdown.estimate,
    querySlowdownLow: slowdown.low,
    querySlowdownHigh: slowdown.high,
    p50TimeOutHealthyMs: numberAt(failures, { ...settings.Healthy, mechanism: "time-out" }, "p50Ms"),
    activeAbove: numberAt(health, settings.Above, "active"),
  };
}

type Levels = Readonly<Record<string, string | number>>;

function total(table: ColumnTable, where: Levels, column: string): number {
  return (table.objects() as Record<string, number>[])
    .filter((row) => Object.entries(where).every(([name, level]) => row[name] === level))
    .reduce((sum, row) => sum + (row[column] ?? 0), 0);
}
