import { type ColumnTable, from } from "arquero";
import type { Dataset } from "../../tables/load.ts";
import { shareOf } from "../estimate.ts";
import { failureCounts } from "../failure-counts.ts";
import { intervalColumns } from "../interval-columns.ts";
import { mainWorkers } from "../main-workers.ts";

const by = ["executor", "clients", "blocking"];

/**
 * Compares the failure rate of requests that blocked a worker themselves (culprits) with that of requests that never
 * did (bystanders), by executor × clients, closed loop, main worker count, with intervals over runs. Both kinds face
 * the same 100 ms: a culprit blocks before its timer starts.
 */
export function failureVictims(dataset: Dataset): ColumnTable {
  const where = { load: "closed-loop", workers: mainWorkers(dataset) };
  const rows = failureCounts(dataset, { by, where }).map(({ cell, failures, requests }) => {
    const { executor, clients, blocking } = cell.levels;
    return {
      executor,
      clients,
      who: blocking ? "culprits" : "bystanders",
      runs: cell.runs.length,
      ...intervalColumns("failure", "Share", shareOf(failures, requests)),
    };
  });
  return from(rows);
}
