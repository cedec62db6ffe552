import { crossingOf, ratioOf } from "../../summary/estimate.ts";
import type { Handed } from "../../summary/handed.ts";
import { rowsOf, valueAt } from "../../summary/rows.ts";
import { type PoolSizeCliff, type PoolSizeKnee, poolKnee, type WorkerCountData } from "./analysis.ts";

/** The tables that the worker-count notebook has made. */
export interface WorkerCountSummaries {
  readonly cliffs: readonly PoolSizeCliff[];
  readonly knees: readonly PoolSizeKnee[];
}

/**
 * Names the numbers that the article cites, by the size of the pool: `1`, `4` and `16` workers. Null where the profile did
 * not measure a value.
 */
export function workerCountValues(dataset: WorkerCountData, { cliffs, knees }: WorkerCountSummaries): Handed {
  const { runs } = dataset.manifest;
  const onQueue = rowsOf(cliffs, { executor: "run-queue" });
  const cliff = (workers: number, column: keyof PoolSizeCliff) => valueAt(onQueue, { workers }, column);
  const knee = (workers: number, column: keyof PoolSizeKnee) => valueAt(knees, { workers }, column);
  const [first] = knees;
  const onset = (workers: number) => crossingOf(poolKnee(dataset, workers).onset);
  const gain = ratioOf(onset(16), onset(1));
  return {
    runs: runs.valid,
    invalidRuns: runs.planned - runs.valid,
    poolsAtOne: rowsOf(onQueue, { cliffPerWorker: 1 }).length,
    pools: onQueue.length,
    lawPerWorker: first ? first.busyLawClients / first.workers : null,
    halfLawPerWorker: first ? first.halfLawClients / first.workers : null,
    lawErrorShare: largestError(knees),
    belowP99MostMs: largest(onQueue.map(({ belowP99Ms }) => belowP99Ms)),
    inStepP99At1Ms: cliff(1, "inStepP99Ms"),
    inStepP99At4Ms: cliff(4, "inStepP99Ms"),
    inStepP99At16Ms: cliff(16, "inStepP99Ms"),
    outOfStepP99At1Ms: cliff(1, "outOfStepP99Ms"),
    outOfStepP99At4Ms: cliff(4, "outOfStepP99Ms"),
    outOfStepP99At16Ms: cliff(16, "outOfStepP99Ms"),
    busyPerWorkerAt1: knee(1, "busyPerWorker"),
    busyPerWorkerAt4: knee(4, "busyPerWorker"),
    busyPerWorkerAt16: knee(16, "busyPerWorker"),
    onsetPerWorkerAt1: knee(1, "onsetPerWorker"),
    onsetPerWorkerAt1Low: knee(1, "onsetPerWorkerLow"),
    onsetPerWorkerAt1High: knee(1, "onsetPerWorkerHigh"),
    onsetPerWorkerAt4: knee(4, "onsetPerWorker"),
    onsetPerWorkerAt4Low: knee(4, "onsetPerWorkerLow"),
    onsetPerWorkerAt4High: knee(4, "onsetPerWorkerHigh"),
    onsetPerWorkerAt16: knee(16, "onsetPerWorker"),
    onsetPerWorkerAt16Low: knee(16, "onsetPerWorkerLow"),
    onsetPerWorkerAt16High: knee(16, "onsetPerWorkerHigh"),
    halfPerWorkerAt1: knee(1, "halfPerWorker"),
    halfPerWorkerAt4: knee(4, "halfPerWorker"),
    halfPerWorkerAt16: knee(16, "halfPerWorker"),
    halfPerWorkerAt16Low: knee(16, "halfPerWorkerLow"),
    halfPerWorkerAt16High: knee(16, "halfPerWorkerHigh"),
    onsetGain: gain.estimate,
    onsetGainLow: gain.low,
    onsetGainHigh: gain.high,
  };
}

/** How far the measured number of clients lies from the law at most, as a share of the law. */
function largestError(knees: readonly PoolSizeKnee[]): number | null {
  return largest(
    knees.map(({ busyClients, busyLawClients }) =>
      busyClients === null ? null : Math.abs(busyClients / busyLawClients - 1),
    ),
  );
}

function largest(values: readonly (number | null)[]): number | null {
  const numbers = values.filter((value) => value !== null);
  return numbers.length === 0 ? null : Math.max(...numbers);
}
