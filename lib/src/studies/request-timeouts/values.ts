import type { ColumnTable } from "arquero";
import { type Handed, numberAt, pascal } from "../../summary/handed.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import type { Dataset } from "../../tables/load.ts";

/** The tables that the request-timeouts notebook has made. */
export interface RequestSummaries {
  readonly failures: ColumnTable;
  readonly latencies: ColumnTable;
  readonly victims: ColumnTable;
}

/** A rate above this counts as trouble: a service that fails one request in twenty. */
const troubleShare = 0.05;

/**
 * Names the numbers that the article cites: failure rates by clients, where trouble begins, who fails, and how open
 * loop differs. Null where the profile did not measure a value.
 */
export function requestValues(dataset: Dataset, { failures, latencies, victims }: RequestSummaries): Handed {
  const workers = mainWorkers(dataset);
  const { runs } = dataset.manifest;
  const closed = { load: "closed-loop", workers };
  const open = { load: "open-loop", workers };
  const values: Record<string, number | null> = {
    workers,
    runs: runs.valid,
    invalidRuns: runs.planned - runs.valid,
    requests: dataset.samples.numRows(),
    falseTimeouts: total(failures, "falseTimeouts"),
    failures: total(failures, "failures"),
  };
  for (const executor of ["run-queue", "piscina", "pinned"]) {
    const name = pascal(executor);
    for (const clients of [15, 20, 30, 50]) {
      const where = { ...closed, executor, clients };
      values[`failure${name}At${clients}Share`] = numberAt(failures, where, "failureShare");
    }
    values[`trouble${name}Clients`] = firstTrouble(failures, { ...closed, executor });
  }
  for (const executor of ["run-queue", "pinned"]) {
    values[`trouble${pascal(executor)}OpenLoopClients`] = firstTrouble(failures, { ...open, executor });
  }
  const shared = { ...closed, executor: "run-queue" };
  values["failureRunQueueAt20LowShare"] = numberAt(failures, { ...shared, clients: 20 }, "failureLowShare");
  values["failureRunQueueAt20HighShare"] = numberAt(failures, { ...shared, clients: 20 }, "failureHighShare");
  values["p50RunQueueAt1Ms"] = numberAt(latencies, { ...shared, clients: 1 }, "p50Ms");
  values["p50RunQueueAt15Ms"] = numberAt(latencies, { ...shared, clients: 15 }, "p50Ms");
  values["metRunQueueAt15Share"] = numberAt(failures, { ...shared, clients: 15 }, "metShare");
  for (const who of ["bystanders", "culprits"]) {
    const where = { executor: "run-queue", clients: 30, who };
    values[`failure${pascal(who)}RunQueueAt30Share`] = numberAt(victims, where, "failureShare");
  }
  return values;
}

/** The least number of clients from which on the failure rate stays above the limit; null if it never does. */
function firstTrouble(
  failures: ColumnTable,
  where: Readonly<Record<string, string | number>>,
): number | null {
  const rows = (failures.objects() as Record<string, unknown>[])
    .filter((row) => Object.entries(where).every(([name, level]) => row[name] === level))
    .sort((a, b) => Number(a["clients"]) - Number(b["clients"]));
  const last = rows.findLastIndex((row) => Number(row["failureShare"]) <= troubleShare);
  const first = rows[last + 1];
  return first ? Number(first["clients"]) : null;
}

function total(table: ColumnTable, column: string): number {
  return (table.objects() as Record<string, number>[]).reduce((sum, row) => sum + (row[column] ?? 0), 0);
}
