import { type ColumnTable, from } from "arquero";
import { disciplines } from "../../model/disciplines.ts";
import { type ModelledExecutor, modelledExecutors } from "../../model/modelled-executors.ts";
import { publishedRequests } from "../../model/request-load.ts";
import { type RequestDesign, simulateFailures } from "../../model/simulate-failures.ts";
import type { Dataset } from "../../tables/load.ts";
import { type Cell, cells } from "../cells.ts";
import { mainWorkers } from "../main-workers.ts";

const replications = 20;
const intervalOfRate = ["failureShare", "failureLowShare", "failureHighShare"] as const;

/**
 * Sets the failure rates beside what the simulator says of them, by executor × clients, main worker count, for the
 * executors of which there is a model.
 *
 * The model knows the design and one thing that was measured: how long a sleep of 1 ms takes with the fewest clients in
 * closed loop. On the run queue, each sleep draws its own lag from those. On event loops, the lag is the loop's: its
 * timers fire together, as far apart as a sleep takes on average. `drawnShare` is what the model would say if event loops
 * drew it too: what it said before it was set beside measurements.
 *
 * @param failures what `failureRates` gives for the same dataset
 */
export function failurePredictions(
  dataset: Dataset,
  failures: ColumnTable,
  load: "closed-loop" | "open-loop" = "closed-loop",
): ColumnTable {
  const workers = mainWorkers(dataset);
  const timed = cells(dataset, {
    value: "timedNs",
    by: ["executor", "clients"],
    where: { load: "closed-loop", workers, outcome: "completed" },
  });
  const measured = (failures.objects() as Record<string, string | number | null>[]).filter(
    (row) => row["load"] === load && row["workers"] === workers,
  );
  const rows = modelledExecutors.flatMap((model) => {
    const lagsMs = sleepLags(timed.filter(({ levels }) => levels["executor"] === model.executor));
    const tickMs = model.onEventLoops && lagsMs.length > 0 ? publishedRequests.sleepMs + mean(lagsMs) : null;
    return measured
      .filter(({ executor }) => executor === model.executor)
      .map((row) => {
        const clients = row["clients"] as number;
        const loop = load === "closed-loop" ? "closed" : "open";
        const predicted = (tick: number | null) =>
          predict(model, { ...publishedRequests, clients, loop, tickMs: tick }, workers, lagsMs);
        return {
          executor: model.executor,
          workers,
          load,
          clients,
          runs: row["runs"],
          ...Object.fromEntries(intervalOfRate.map((name) => [name, row[name] ?? null])),
          modelShare: predicted(tickMs),
          drawnShare: tickMs === null ? null : predicted(null),
        };
      });
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
  { discipline, onEventLoops }: ModelledExecutor,
  design: Omit<RequestDesign, "timeoutsShareWorker">,
  workers: number,
  lagsMs: readonly number[],
): number {
  const load = { ...design, timeoutsShareWorker: onEventLoops };
  return mean(simulateFailures(load, workers, disciplines[discipline], { lagsMs, replications }));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
