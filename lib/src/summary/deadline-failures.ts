import { sum } from "simple-statistics";
import { factorsOf } from "../tables/experiment-declaration.ts";
import type { Dataset } from "../tables/load.ts";
import { type DeadlineExperiment, deadlineCounts } from "./deadline-counts.ts";
import { shareOf } from "./estimate.ts";
import { intervalColumns } from "./interval-columns.ts";

/** What `deadlineFailures` gives for an experiment, one row. */
export type DeadlineFailures<E extends DeadlineExperiment> = ReturnType<typeof deadlineFailures<E>>[number];

/**
 * Counts the requests that missed their deadline in fixed-workload or load-ramp, by all factors of the experiment: the
 * failure rate with its interval over runs, and the false time-outs, requests whose work was done in time although the
 * timer won.
 */
export function deadlineFailures<E extends DeadlineExperiment>(dataset: Dataset<E>) {
  const by = factorsOf(dataset.declaration);
  return deadlineCounts(dataset, { by }).map(({ levels, counts, falseTimeouts }) => {
    const [timedOut, requests] = counts;
    return {
      ...levels,
      runs: requests.length,
      requests: sum([...requests]),
      failures: sum([...timedOut]),
      ...intervalColumns("failure", "Share", shareOf(timedOut, requests)),
      falseTimeouts,
    };
  });
}
