import { type ColumnTable, from } from "arquero";
import { modelledExecutors } from "./modelled-executors.ts";
import { kneeClients } from "./request-knee.ts";
import { publishedRequests } from "./request-load.ts";
import { simulateFailures } from "./simulate-failures.ts";

const pools = [
  { workers: 4, replications: 32 },
  { workers: 32, replications: 4 },
  { workers: 256, replications: 2 },
];
const clientsPerWorker = [1.5, 2, 3, 4, 5, 6, 6.5, 7, 7.5, 8, 8.5, 9, 10, 12];

/**
 * Simulates the failure rate by executor × workers × clients per worker, with timers that are never late; beside it the
 * knee, the clients per worker from which on all workers are busy.
 */
export function failureScaling(): ColumnTable {
  const knee = kneeClients({ ...publishedRequests, workers: 1 });
  const rows = modelledExecutors.flatMap(({ executor, discipline, timeoutsShareWorker }) =>
    pools.flatMap(({ workers, replications }) =>
      clientsPerWorker.map((perWorker) => {
        const clients = Math.round(perWorker * workers);
        const design = { ...publishedRequests, clients, timeoutsShareWorker };
        const shares = simulateFailures(design, workers, discipline, { lagsMs: [], replications });
        const failureShare = shares.reduce((sum, share) => sum + share, 0) / shares.length;
        return { executor, workers, clients, perWorker: clients / workers, failureShare, knee };
      }),
    ),
  );
  return from(rows);
}
