import type { PublishedRow } from "../../../drawing/published-rows.ts";
import { type ExecutorName, executorNames } from "../../../executor/executors.ts";
import type { Where } from "../../../summary/cells.ts";
import { type DeadlineExperiment, deadlineCounts } from "../../../summary/deadline-counts.ts";
import { type Estimate, missing, shareOf } from "../../../summary/estimate.ts";
import { rowsOf } from "../../../summary/rows.ts";
import type { Dataset } from "../../../tables/load.ts";
import { publishedWorkers } from "../../../tables/main-workers.ts";
import type { fixedWorkload } from "../../fixed-workload/index.ts";
import type { loadRamp } from "../../load-ramp/index.ts";
import { requestTimeouts } from "../../request-timeouts/index.ts";
import { pointRow, type Quantity } from "./point.ts";
import { type PublishedExperiment, publishedTokio, publishedValue } from "./published.ts";

/** The data sets whose failure rates were published for Tokio. */
export interface FailureData {
  readonly requests: RequestTimeoutsData;
  readonly fixed: ReturnType<typeof fixedWorkload.load>;
  readonly ramp: ReturnType<typeof loadRamp.load>;
}

type RequestTimeoutsData = ReturnType<typeof requestTimeouts.load>;
export type FailureBesideTokio = ReturnType<typeof failuresBesideTokio>[number];

/** One published sweep: along which column, where that is in words, and what we measured there. */
interface Sweep {
  readonly experiment: PublishedExperiment;
  readonly quantity: Quantity;
  readonly level: (row: PublishedRow) => number | null;
  readonly at: (level: number) => string;
  readonly ours: (executor: ExecutorName, level: number) => Estimate;
}

/**
 * Sets the failure rates published for Tokio beside ours, point by point: by clients a worker, beside a growing number of
 * blockers, and of a growing load beside one blocker fewer than workers. One row a point and executor; what we did not
 * measure is missing.
 */
export function failuresBesideTokio({ requests, fixed, ramp }: FailureData) {
  const sweeps: readonly Sweep[] = [
    {
      experiment: "request-timeouts",
      quantity: "failure rate by clients",
      level: ({ concurrency }) => concurrency,
      at: (clients) => `${clients / publishedWorkers} clients a worker`,
      ours: (executor, clients) => requestFailures(requests, { executor, clients, load: "closed-loop" }),
    },
    {
      experiment: "fixed-workload",
      quantity: "failure rate beside blockers",
      level: ({ blockers }) => blockers,
      at: (blockers) => `${blockers} of ${publishedWorkers} workers blocked`,
      ours: (executor, blockers) =>
        deadlineFailures(fixed, {
          workers: publishedWorkers,
          executor,
          blockers,
          tasks: 500,
          blocking: "original",
        }),
    },
    {
      experiment: "load-ramp",
      quantity: "failure rate of growing load",
      level: ({ async_tasks }) => async_tasks,
      at: (tasks) => `${tasks / publishedWorkers} tasks a worker, one left`,
      ours: (executor, tasks) =>
        deadlineFailures(ramp, {
          workers: publishedWorkers,
          executor,
          tasks,
          blockers: publishedWorkers - 1,
        }),
    },
  ];
  return sweeps.flatMap(pointsOf);
}

function pointsOf({ experiment, quantity, level: levelOf, at, ours }: Sweep) {
  const rates = rowsOf(publishedTokio(experiment), { metric: "failure_rate" });
  const levels = [...new Set(rates.map(levelOf))].filter((level) => level !== null);
  return levels.flatMap((level) => {
    const published = rates.filter((row) => levelOf(row) === level);
    const tokio = asShare(publishedValue(published, {}));
    const point = {
      experiment,
      quantity,
      at: at(level),
      levels: { level },
      saturated: true,
      by: "points",
    } as const;
    return executorNames.map((executor) =>
      pointRow({ ...point, executor, tokio, ours: ours(executor, level) }),
    );
  });
}

function requestFailures(
  data: RequestTimeoutsData,
  levels: Where<RequestTimeoutsData["declaration"]>,
): Estimate {
  const [counts] = requestTimeouts.counts(data, { by: [], where: { workers: publishedWorkers, ...levels } });
  return counts ? shareOf(counts.failures, counts.requests) : missing;
}

function deadlineFailures<E extends DeadlineExperiment>(data: Dataset<E>, where: Where<E>): Estimate {
  const [found] = deadlineCounts(data, { by: [], where });
  return found ? shareOf(...found.counts) : missing;
}

function asShare({ estimate, low, high }: Estimate): Estimate {
  const share = (percent: number | null) => (percent === null ? null : percent / 100);
  return { estimate: share(estimate), low: share(low), high: share(high) };
}
