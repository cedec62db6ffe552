import { type Estimate, meanOf } from "../../../summary/estimate.ts";
import type { Dataset } from "../../../tables/load.ts";
import { totalOf, watchedRuns } from "./watched-runs.ts";

/**
 * Estimates the CPU time of the workers' threads as a share of the time they were held, while every worker had a blocker:
 * over all executors, for one kind of hold.
 */
export function holdCpuShare(dataset: Dataset, hold: "parked" | "computing"): Estimate {
  const runs = watchedRuns(dataset, { hold, atomics: "sync" }).filter(
    ({ levels }) => levels["blockers"] === levels["workers"],
  );
  return meanOf(
    runs.map(({ workers }) => Float64Array.of(totalOf(workers, "cpuNs") / totalOf(workers, "busyNs"))),
  );
}
