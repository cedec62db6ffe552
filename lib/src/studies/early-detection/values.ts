import type { Handed } from "../../summary/handed.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import { valueAt } from "../../summary/rows.ts";
import type { EarlyDetectionData, PoolKneeRow, PoolRate } from "./analysis.ts";

/** The tables that the notebook on early detection has made. */
export interface EarlyDetectionSummaries {
  readonly rates: readonly PoolRate[];
  readonly knees: readonly PoolKneeRow[];
}

/**
 * Names the numbers that the article cites: the knee of each pool size, how much earlier it comes than on the main pool,
 * and what as few connections as a test has (4) show on each. Null where the profile did not measure a value.
 */
export function earlyDetectionValues(
  dataset: EarlyDetectionData,
  { rates, knees }: EarlyDetectionSummaries,
): Handed {
  const { runs } = dataset.manifest;
  const main = mainWorkers(dataset);
  const knee = (workers: number, column: keyof PoolKneeRow) => valueAt(knees, { workers }, column);
  const failureAt4 = (workers: number) => valueAt(rates, { workers, connections: 4 }, "failureShare");
  return {
    workers: main,
    runs: runs.valid,
    invalidRuns: runs.planned - runs.valid,
    requests: dataset.samples.numRows(),
    kneeOne: knee(1, "knee"),
    earlierOne: knee(1, "earlier"),
    kneeOneLow: knee(1, "kneeLow"),
    earlierOneLow: knee(1, "earlierLow"),
    kneeOneHigh: knee(1, "kneeHigh"),
    earlierOneHigh: knee(1, "earlierHigh"),
    kneePerWorkerOne: knee(1, "kneePerWorker"),
    lawOne: knee(1, "lawConnections"),
    failureAt4OneShare: failureAt4(1),
    kneeTwo: knee(2, "knee"),
    earlierTwo: knee(2, "earlier"),
    kneeTwoLow: knee(2, "kneeLow"),
    earlierTwoLow: knee(2, "earlierLow"),
    kneeTwoHigh: knee(2, "kneeHigh"),
    earlierTwoHigh: knee(2, "earlierHigh"),
    kneePerWorkerTwo: knee(2, "kneePerWorker"),
    lawTwo: knee(2, "lawConnections"),
    failureAt4TwoShare: failureAt4(2),
    kneeMain: knee(main, "knee"),
    kneeMainLow: knee(main, "kneeLow"),
    kneeMainHigh: knee(main, "kneeHigh"),
    kneePerWorkerMain: knee(main, "kneePerWorker"),
    lawMain: knee(main, "lawConnections"),
    failureAt4MainShare: failureAt4(main),
  };
}
