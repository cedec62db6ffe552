import { mean } from "simple-statistics";
import { modelledExecutors } from "./modelled-executors.ts";
import { kneeClients } from "./request-knee.ts";
import { publishedRequests } from "./request-load.ts";
import { simulateMany } from "./simulate-many.ts";

const pools = [
  { workers: 4, replications: 32 },
  { workers: 32, replications: 4 },
  { workers: 256, replications: 2 },
];
const clientsPerWorker = [1.5, 2, 3, 4, 5, 6, 6.5, 7, 7.5, 8, 8.5, 9, 10, 12];

export type FailureScaling = Awaited<ReturnType<typeof failureScaling>>[number];

/**
 * Simulates the failure rate by executor × workers × clients per worker, with timers that are never late; beside it the
 * knee, the clients per worker from which on all workers are busy.
 */
export async function failureScaling() {
  const knee = kneeClients({ ...publishedRequests, workers: 1 });
  const grid = modelledExecutors.flatMap(({ executor, discipline, onEventLoops }) =>
    pools.flatMap(({ workers, replications }) =>
      clientsPerWorker.map((perWorker) => {
        const clients = Math.round(perWorker * workers);
        const tickMs = onEventLoops ? publishedRequests.sleepMs : null;
        const design = { ...publishedRequests, clients, timeoutsShareWorker: onEventLoops, tickMs };
        const load = { kind: "requests", design } as const;
        return { executor, clients, simulation: { load, workers, discipline, lagsMs: [], replications } };
      }),
    ),
  );
  const shares = await simulateMany(grid.map(({ simulation }) => simulation));
  return grid.map(({ executor, clients, simulation: { workers } }, i) => ({
    executor,
    workers,
    clients,
    perWorker: clients / workers,
    failureShare: mean((shares[i] as Float64Array[]).map(([share]) => share as number)),
    knee,
  }));
}
