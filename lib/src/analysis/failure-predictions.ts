import { type ColumnTable, from } from "arquero";
import { type ModelledExecutor, modelledExecutors } from "../model/modelled-executors.ts";
import { publishedRequests } from "../model/request-load.ts";
import { simulateFailures } from "../model/simulate-failures.ts";
import type { Dataset } from "../tables/load.ts";
import { type Cell, cells } from "./cells.ts";
import { mainWorkers } from "./main-workers.ts";

const replications = 20;
const intervalOfRate = ["failureShare", "failureLowShare", "failureHighShare"] as const;

/**
 * Sets the failure rates beside what the simulator says of them, by executor × clients, closed loop, main worker count,
 * for the executors of which there is a model.
 *
 * The model knows the design and one thing that was measured: how long a sleep of 1 ms takes with the fewest clients.
 *
 * @param failures what `failureRates` gives for the same dataset
 */
export function failurePredictions(dataset: Dataset, failures: ColumnTable): ColumnTable {
  const workers = mainWorkers(dataset);
  const where = { load: "closed-loop", workers };
  const timed = cells(dataset, {
    value: "timedNs",
    by: ["executor", "clients"],
    where: { ...where, outcome: "completed" },
  });
  const measured = (failures.objects() as Record<string, string | number | null>[]).filter((row) =>
    Object.entries(where).every(([name, level]) => row[name] === level),
  );
  const rows = modelledExecutors.flatMap((model) => {
    const lagsMs = sleepLags(timed.filter(({ levels }) => levels["executor"] === model.executor));
    return measured
      .filter(({ executor }) => executor === model.executor)
      .map((row) => ({
        executor: model.executor,
        workers,
        clients: row["clients"] as number,
        runs: row["runs"],
        ...Object.fromEntries(intervalOfRate.map((name) => [name, row[name] ?? null])),
        modelShare: predict(model, row["clients"] as number, workers, lagsMs),
      }));
  });
  return from(rows);
}

/** How much longer than asked the sleeps of a request took on average, for each request of the fewest clients (ms). */
function sleepLags(timed: readonly Cell[]): number[] {
  const { sleeps, sleepMs } = publishedRequests;
  const fewest = [...timed].sort((a, b) => Number(a.levels["clients"]) - Number(b.levels["clients"]))[0];
  const requests = (fewest?.byRun ?? []).flatMap((ofRun) => Array.from(ofRun));
  return requests.map((timedNs) => (timedNs * 1e-6) / sleeps - sleepMs);
}

function predict(
  { discipline, timeoutsShareWorker }: ModelledExecutor,
  clients: number,
  workers: number,
  lagsMs: readonly number[],
): number {
  const design = { ...publishedRequests, clients, timeoutsShareWorker };
  const shares = simulateFailures(design, workers, discipline, { lagsMs, replications });
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}
