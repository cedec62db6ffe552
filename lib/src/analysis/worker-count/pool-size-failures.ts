import { type ColumnTable, from } from "arquero";
import type { Dataset } from "../../tables/load.ts";
import { shareOf } from "../estimate.ts";
import { intervalColumns } from "../interval-columns.ts";
import { poolCounts } from "./pool-counts.ts";

/** Counts the requests of the sweep that failed, by workers × clients: their share with its interval over runs. */
export function poolSizeFailures(dataset: Dataset): ColumnTable {
  const rows = poolCounts(dataset).map(({ workers, at, failures, requests }) => ({
    workers,
    clients: at,
    clientsPerWorker: at / workers,
    runs: requests.length,
    ...intervalColumns("failure", "Share", shareOf(failures, requests)),
  }));
  return from(rows);
}
