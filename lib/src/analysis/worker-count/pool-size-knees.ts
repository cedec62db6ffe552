import { type ColumnTable, from } from "arquero";
import { collapseClients, kneeClients } from "../../model/request-knee.ts";
import { publishedRequests } from "../../model/request-load.ts";
import type { Dataset } from "../../tables/load.ts";
import { type Estimate, missing } from "../estimate.ts";
import { intervalColumns } from "../interval-columns.ts";
import { busyClients } from "./busy-clients.ts";
import { failureKnee } from "./failure-knee.ts";
import { poolRequests } from "./pool-requests.ts";

/**
 * Sets the knees of the request sweep beside the laws, by workers: the number of clients at which the workers become the
 * bottleneck, from the latencies (`busy`) and from the law N* = W (D + Z) / D (`busyLaw`); that at which one request in
 * twenty fails (`onset`); and that at which half of them do (`half`), beside the closed form for it (`halfLaw`). Each also
 * per worker.
 */
export function poolSizeKnees(dataset: Dataset): ColumnTable {
  const pools = Map.groupBy(poolRequests(dataset), ({ levels }) => levels["workers"] as number);
  const rows = [...pools].map(([workers, loads]) => {
    const knee = failureKnee(dataset, workers);
    const columns = (name: string, estimate: Estimate | null) => ({
      ...intervalColumns(`${name}Clients`, "", estimate ?? missing),
      ...intervalColumns(`${name}PerWorker`, "", estimate ?? missing, 1 / workers),
    });
    return {
      workers,
      runs: loads.reduce((sum, { byRun }) => sum + byRun.length, 0),
      ...columns("busy", busyClients(dataset, workers)),
      busyLawClients: kneeClients({ ...publishedRequests, workers }),
      ...columns("onset", knee?.onset ?? null),
      ...columns("half", knee?.midpoint ?? null),
      halfLawClients: collapseClients({ ...publishedRequests, workers }),
    };
  });
  return from(rows);
}
