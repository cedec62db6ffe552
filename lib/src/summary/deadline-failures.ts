import { type ColumnTable, from } from "arquero";
import type { Dataset } from "../tables/load.ts";
import { deadlineCounts } from "./deadline-counts.ts";
import { shareOf } from "./estimate.ts";
import { intervalColumns } from "./interval-columns.ts";

/**
 * Counts the requests that missed their deadline in fixed-workload or load-ramp, by all factors of the experiment: the
 * failure rate with its interval over runs, and the false time-outs, requests whose work was done in time although the
 * timer won.
 */
export function deadlineFailures(dataset: Dataset): ColumnTable {
  const by = Object.keys(dataset.manifest.parameters.factors);
  const rows = deadlineCounts(dataset, { by }).map(({ levels, counts, falseTimeouts }) => {
    const [timedOut, requests] = counts;
    return {
      ...levels,
      runs: requests.length,
      requests: sum(requests),
      failures: sum(timedOut),
      ...intervalColumns("failure", "Share", shareOf(timedOut, requests)),
      falseTimeouts,
    };
  });
  return from(rows);
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
