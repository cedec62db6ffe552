import { type ColumnTable, from } from "arquero";
import { wilsonInterval } from "../../stats/wilson-interval.ts";
import { type Cell, cells, sampleCount } from "../../summary/cells.ts";
import { quantileOf, shareOf } from "../../summary/estimate.ts";
import { failureCounts } from "../../summary/failure-counts.ts";
import { intervalColumns } from "../../summary/interval-columns.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import type { Dataset } from "../../tables/load.ts";

const by = ["executor", "workers", "load", "clients"] as const;

/**
 * Counts the requests that did not complete, by executor × workers × load × clients: the failure rate with its Wilson
 * interval, which takes requests for independent, and with the interval over runs, which does not; the share that met a
 * blocked worker; and the false time-outs, requests whose work was done in time although the timer won.
 */
export function failureRates(dataset: Dataset): ColumnTable {
  const counted = failureCounts(dataset, { by });
  const met = cells(dataset, { value: "metBlockedWorker", by });
  const falseTimeouts = cells(dataset, { value: "falseTimeout", by });
  const rows = counted.map(({ cell, failures: failedByRun, requests: sizes }, i) => {
    const requests = sampleCount(cell);
    const failures = failedByRun.reduce((sum, count) => sum + count, 0);
    return {
      ...cell.levels,
      runs: cell.byRun.length,
      requests,
      failures,
      ...intervalColumns("failure", "Share", shareOf(failedByRun, sizes)),
      ...intervalColumns("wilson", "Share", wilsonInterval(failures, requests)),
      ...intervalColumns("met", "Share", shareOf((met[i] as Cell).byRun.map(total), sizes)),
      falseTimeouts: (falseTimeouts[i] as Cell).byRun.reduce((sum, ofRun) => sum + total(ofRun), 0),
    };
  });
  return from(rows);
}

function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}

const byBlocking = ["executor", "clients", "blocking"];

/**
 * Compares the failure rate of requests that blocked a worker themselves (culprits) with that of requests that never
 * did (bystanders), by executor × clients, closed loop, main worker count, with intervals over runs. Both kinds face
 * the same 100 ms: a culprit blocks before its timer starts.
 */
export function failureVictims(dataset: Dataset): ColumnTable {
  const where = { load: "closed-loop", workers: mainWorkers(dataset) };
  const rows = failureCounts(dataset, { by: byBlocking, where }).map(({ cell, failures, requests }) => {
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

/**
 * Describes how long requests took, failed ones until their time-out: median and 99th percentile from the (intended)
 * start, by executor × workers × load × clients, with 95 % intervals over runs.
 */
export function requestLatencies(dataset: Dataset): ColumnTable {
  const found = cells(dataset, { value: "latencyNs", by: ["executor", "workers", "load", "clients"] });
  return from(
    found.map(({ levels, byRun }) => ({
      ...levels,
      runs: byRun.length,
      ...intervalColumns("p50", "Ms", quantileOf(byRun, 0.5), 1e-6),
      ...intervalColumns("p99", "Ms", quantileOf(byRun, 0.99), 1e-6),
    })),
  );
}
