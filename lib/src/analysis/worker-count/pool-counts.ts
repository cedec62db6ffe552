import type { Dataset } from "../../tables/load.ts";
import type { CellQuery } from "../cells.ts";
import { poolRequests } from "./pool-requests.ts";

/** Requests of one pool with one number of clients, run by run. */
export interface PoolCounts {
  readonly workers: number;
  /** Clients. */
  readonly at: number;
  readonly failures: readonly number[];
  readonly requests: readonly number[];
}

/** Counts the requests that did not complete, run by run, by workers × clients. */
export function poolCounts(dataset: Dataset, where: NonNullable<CellQuery["where"]> = {}): PoolCounts[] {
  const completed = poolRequests(dataset, { ...where, outcome: "completed" });
  return poolRequests(dataset, where).map(({ levels: { workers, load }, runs, byRun }) => {
    const fine = completed.find(({ levels }) => levels["workers"] === workers && levels["load"] === load);
    const requests = byRun.map(({ length }) => length);
    const failures = requests.map(
      (sent, i) => sent - (fine?.byRun[fine.runs.indexOf(runs[i] as number)]?.length ?? 0),
    );
    return { workers: workers as number, at: load as number, failures, requests };
  });
}
