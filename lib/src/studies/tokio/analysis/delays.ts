import { type ExecutorName, executorNames } from "../../../executor/executors.ts";
import { cells, type Where } from "../../../summary/cells.ts";
import { factorOf, quantileOf, type Runs, scaled } from "../../../summary/estimate.ts";
import { publishedWorkers } from "../../../tables/main-workers.ts";
import type { schedulingDelay } from "../../scheduling-delay/index.ts";
import { pointRow, type Quantity, type TokioPoint } from "./point.ts";
import { publishedRatio, publishedTokio, publishedValue } from "./published.ts";

type SchedulingDelayData = ReturnType<typeof schedulingDelay.load>;
export type DelayBesideTokio = ReturnType<typeof delaysBesideTokio>[number];

const experiment = "scheduling-delay";
const blockMs = 50;
const blockers = [0, 1, 2, 3, 4];
const quantiles = [
  { metric: "p99", p: 0.99, inBlocks: "p99, in blocks", overFloor: "p99 over its own floor" },
  { metric: "p50", p: 0.5, inBlocks: "p50, in blocks", overFloor: "p50 over its own floor" },
] as const satisfies readonly { metric: string; p: number; inBlocks: Quantity; overFloor: Quantity }[];

/** The published numbers of tasks, and the part of our design that has as many probes. */
const loads = [
  { tasks: 50, part: "base" },
  { tasks: 500, part: "probes" },
] as const;

/**
 * Sets the delays published for Tokio beside ours, point by point: quantiles in units of a block, and as multiples of the
 * same system's quantile without blockers. One row a point and executor; what we did not measure is missing.
 *
 * @param data scheduling-delay
 */
export function delaysBesideTokio(data: SchedulingDelayData) {
  const published = publishedTokio(experiment);
  const points = loads.flatMap(({ tasks, part }) =>
    quantiles.flatMap(({ metric, p, inBlocks, overFloor }) => {
      const theirs = { metric, async_tasks: tasks };
      return executorNames.flatMap((executor) => {
        const runs = (count: number) => overheads(data, { executor, part, probes: tasks, blockers: count });
        const absolute = blockers.map((count) =>
          point(inBlocks, executor, tasks, count, {
            tokio: scaled(publishedValue(published, { ...theirs, blockers: count }), 1e-3 / blockMs),
            ours: scaled(quantileOf(runs(count), p), 1e-6 / blockMs),
          }),
        );
        const relative = blockers.slice(1).map((count) =>
          point(overFloor, executor, tasks, count, {
            tokio: publishedRatio(published, { ...theirs, blockers: count }, { ...theirs, blockers: 0 }),
            ours: factorOf(runs(count), runs(0), p),
          }),
        );
        return [...absolute, ...relative];
      });
    }),
  );
  return points.map((one) => pointRow(one));
}

function point(
  quantity: Quantity,
  executor: ExecutorName,
  tasks: number,
  count: number,
  values: Pick<TokioPoint, "tokio" | "ours">,
): TokioPoint<{ tasks: number; blockers: number }> {
  const at = `${count} of ${publishedWorkers} workers blocked, ${tasks} tasks`;
  const saturated = count >= publishedWorkers;
  return {
    experiment,
    quantity,
    at,
    levels: { tasks, blockers: count },
    executor,
    saturated,
    by: "ratio",
    ...values,
  };
}

function overheads(data: SchedulingDelayData, levels: Where<SchedulingDelayData["declaration"]>): Runs {
  const where = { source: "probe", workers: publishedWorkers, ...levels };
  return cells(data, { value: "overheadNs", by: [], where })[0]?.byRun ?? [];
}
