import { type ColumnTable, from } from "arquero";
import { outOfStepDelay } from "../../model/out-of-step-delay.ts";
import type { Dataset } from "../../tables/load.ts";
import { type Cell, cells } from "../cells.ts";
import { missing, quantileOf } from "../estimate.ts";
import { intervalColumns } from "../interval-columns.ts";
import { poolCliff } from "./pool-cliff.ts";

/** What the blockers of the experiment hold a worker for. */
const blockMs = 50;

/**
 * Tells where p99 of the probes' overhead jumps in each pool, in blockers and in blockers a worker, by executor × workers;
 * p99 with one worker left and with none, for blockers in step and out of step, beside the closed form B / W of the last.
 */
export function poolSizeCliffs(dataset: Dataset): ColumnTable {
  const all = cells(dataset, { value: "overheadNs", by: ["executor", "workers", "sweep", "load"] });
  const pools = Map.groupBy(all, ({ levels }) => `${levels["executor"]} ${levels["workers"]}`);
  const rows = [...pools.values()].map((ofPool) => {
    const { executor, workers } = (ofPool[0] as Cell).levels as { executor: string; workers: number };
    const runsAt = (sweep: string, load: number) =>
      ofPool.find(({ levels }) => levels["sweep"] === sweep && levels["load"] === load)?.byRun ?? [];
    const p99 = (sweep: string, load: number) => quantileOf(runsAt(sweep, load), 0.99);
    const location = poolCliff(dataset, executor, workers)?.location ?? missing;
    return {
      executor,
      workers,
      runs: ofPool.reduce((sum, { byRun }) => sum + byRun.length, 0),
      ...intervalColumns("cliffBlockers", "", location),
      ...intervalColumns("cliffPerWorker", "", location, 1 / workers),
      ...intervalColumns("belowP99", "Ms", p99("in-step", workers - 1), 1e-6),
      ...intervalColumns("inStepP99", "Ms", p99("in-step", workers), 1e-6),
      ...intervalColumns("outOfStepP50", "Ms", quantileOf(runsAt("out-of-step", workers), 0.5), 1e-6),
      ...intervalColumns("outOfStepP99", "Ms", p99("out-of-step", workers), 1e-6),
      evenlyOutOfStepMs: outOfStepDelay({ workers, blockers: workers, blockMs }),
    };
  });
  return from(rows);
}
