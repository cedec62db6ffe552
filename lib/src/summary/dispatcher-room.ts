import { factorsOf } from "../tables/experiment-declaration.ts";
import type { Dataset } from "../tables/load.ts";
import { type DeadlineExperiment, type DeadlineLevels, deadlineCells } from "./deadline-counts.ts";
import { type Estimate, meanOf, quantileOf } from "./estimate.ts";
import { intervalColumns } from "./interval-columns.ts";

/** What `dispatcherRoom` gives for an experiment, one row. */
export type DispatcherRoom<E extends DeadlineExperiment> = ReturnType<typeof dispatcherRoom<E>>[number];

/**
 * Tells what the load asks of whoever turns due timers into polls, in fixed-workload or load-ramp, by all factors of the
 * experiment: the share of a core it uses, polls a second, how late it hands them over, and how late they start. Where
 * every worker has its own timers, the share is that of the busiest one, and nothing is handed over.
 */
export function dispatcherRoom<E extends DeadlineExperiment>(dataset: Dataset<E>) {
  const by = factorsOf(dataset.declaration);
  const waits = deadlineCells(dataset, "poll", { value: "overheadNs", by, where: {} });
  return waits.map(({ levels, byRun }) => {
    const [handed] = deadlineCells(dataset, "poll", { value: "dispatchNs", by: [], where: levels });
    return {
      ...levels,
      runs: byRun.length,
      ...intervalColumns("busy", "Share", busyShare(dataset, levels)),
      ...intervalColumns("pollsASecond", "", perLoadTime(dataset, "polls", levels), 1e9),
      ...intervalColumns("handOverP99", "Ms", quantileOf(handed?.byRun ?? [], 0.99), 1e-6),
      ...intervalColumns("overheadP50", "Ms", quantileOf(byRun, 0.5), 1e-6),
      ...intervalColumns("overheadP99", "Ms", quantileOf(byRun, 0.99), 1e-6),
    };
  });
}

/** Estimates the share of a core that the dispatcher uses while the load lasts. */
export function busyShare<E extends DeadlineExperiment>(
  dataset: Dataset<E>,
  where: DeadlineLevels<E>,
): Estimate {
  return perLoadTime(dataset, "threadCpuNs", where);
}

/** Each run has one row that says how much was done, and for how long. */
function perLoadTime<E extends DeadlineExperiment>(
  dataset: Dataset<E>,
  amount: "threadCpuNs" | "polls",
  where: DeadlineLevels<E>,
): Estimate {
  const read = (value: "threadCpuNs" | "polls" | "loadNs") =>
    deadlineCells(dataset, "dispatch", { value, by: [], where })[0]?.byRun ?? [];
  const loads = read("loadNs");
  return meanOf(read(amount).map((ofRun, run) => ofRun.map((done, i) => done / (loads[run]?.[i] as number))));
}
