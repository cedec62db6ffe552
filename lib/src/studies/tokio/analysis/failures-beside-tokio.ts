import { type ColumnTable, from } from "arquero";
import { deadlineCounts } from "../../../summary/deadline-counts.ts";
import { type Estimate, shareOf } from "../../../summary/estimate.ts";
import { failureCounts } from "../../../summary/failure-counts.ts";
import type { Dataset } from "../../../tables/load.ts";
import { publishedWorkers } from "../../../tables/main-workers.ts";
import { publishedTokio } from "../published-tokio.ts";
import type { Quantity } from "./explain-difference.ts";
import { publishedValue } from "./published-value.ts";
import { pointRow, type TokioPoint } from "./tokio-point.ts";

const executors = ["run-queue", "piscina", "pinned"];
const unmeasured: Estimate = { estimate: null, low: null, high: null };

/** The data sets whose failure rates were published for Tokio. */
export interface FailureData {
  readonly requests: Dataset;
  readonly fixed: Dataset;
  readonly ramp: Dataset;
}

type Experiment = Parameters<typeof publishedTokio>[0];
type Levels = Readonly<Record<string, string | number>>;

/** One published sweep: along which column, where that is in words, and what we measured there. */
interface Sweep {
  readonly experiment: Experiment;
  readonly quantity: Quantity;
  readonly column: "concurrency" | "blockers" | "async_tasks";
  readonly at: (level: number) => string;
  readonly ours: (executor: string, level: number) => Estimate;
}

/**
 * Sets the failure rates published for Tokio beside ours, point by point: by clients a worker, beside a growing number of
 * blockers, and of a growing load beside one blocker fewer than workers. One row a point and executor; what we did not
 * measure is missing.
 */
export function failuresBesideTokio({ requests, fixed, ramp }: FailureData): ColumnTable {
  const sweeps: readonly Sweep[] = [
    {
      experiment: "request-timeouts",
      quantity: "failure rate by clients",
      column: "concurrency",
      at: (clients) => `${clients / publishedWorkers} clients a worker`,
      ours: (executor, clients) => requestFailures(requests, { executor, clients, load: "closed-loop" }),
    },
    {
      experiment: "fixed-workload",
      quantity: "failure rate beside blockers",
      column: "blockers",
      at: (blockers) => `${blockers} of ${publishedWorkers} workers blocked`,
      ours: (executor, blockers) =>
        deadlineFailures(fixed, { executor, blockers, tasks: 500, blocking: "original" }),
    },
    {
      experiment: "load-ramp",
      quantity: "failure rate of growing load",
      column: "async_tasks",
      at: (tasks) => `${tasks / publishedWorkers} tasks a worker, one left`,
      ours: (executor, tasks) => deadlineFailures(ramp, { executor, tasks, blockers: publishedWorkers - 1 }),
    },
  ];
  return from(sweeps.flatMap(pointsOf).map(pointRow));
}

function pointsOf({ experiment, quantity, column, at, ours }: Sweep): TokioPoint[] {
  const published = publishedTokio(experiment);
  const levels = [...new Set(Array.from(published.array(column) as ArrayLike<number>))];
  return levels.flatMap((level) => {
    const tokio = asShare(publishedValue(published, { metric: "failure_rate", [column]: level }));
    const point = {
      experiment,
      quantity,
      at: at(level),
      levels: { level },
      saturated: true,
      by: "points",
    } as const;
    return executors.map((executor) => ({ ...point, executor, tokio, ours: ours(executor, level) }));
  });
}

function requestFailures(data: Dataset, levels: Levels): Estimate {
  const [counts] = failureCounts(data, { by: [], where: { workers: publishedWorkers, ...levels } });
  return counts ? shareOf(counts.failures, counts.requests) : unmeasured;
}

function deadlineFailures(data: Dataset, levels: Levels): Estimate {
  const [found] = deadlineCounts(data, { by: [], where: { workers: publishedWorkers, ...levels } });
  return found ? shareOf(...found.counts) : unmeasured;
}

function asShare({ estimate, low, high }: Estimate): Estimate {
  const share = (percent: number | null) => (percent === null ? null : percent / 100);
  return { estimate: share(estimate), low: share(low), high: share(high) };
}
