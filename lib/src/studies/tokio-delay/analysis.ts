import { cells } from "../../summary/cells.ts";
import { quantileOf, type Runs } from "../../summary/estimate.ts";
import { intervalColumns } from "../../summary/interval-columns.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import type { SampleOf } from "../../tables/experiment-declaration.ts";
import type { Dataset } from "../../tables/load.ts";
import type { experiment } from "./experiment.ts";

export type TokioDelayData = Dataset<ReturnType<typeof experiment>>;
type Sample = SampleOf<ReturnType<typeof experiment>>;

export type RearmDelay = ReturnType<typeof rearmDelays>[number];

/** Length of one block between two re-armings, in the unit of the samples: what a delay is measured by. */
export const blockUs = 50_000;

/**
 * Describes the probes' overhead by system (executor × slot) × span × probes × re-arming × blockers: median and 99th
 * percentile with 95 % intervals over runs, and the latter in blocks. The control without blockers stands under `yield`.
 */
export function rearmDelays(dataset: TokioDelayData) {
  const measured = cells(dataset, {
    value: "overheadUs",
    by: ["executor", "lifoSlot", "span", "probes", "rearm", "blockers"],
    where: { source: "probe", workers: mainWorkers(dataset) },
  });
  return measured.map(({ levels, byRun }) => ({
    ...levels,
    runs: byRun.length,
    ...intervalColumns("p50", "Ms", quantileOf(byRun, 0.5), 1e-3),
    ...intervalColumns("p99", "Ms", quantileOf(byRun, 0.99), 1e-3),
    ...intervalColumns("p99", "Blocks", quantileOf(byRun, 0.99), 1 / blockUs),
  }));
}

/** Levels of one cell; several re-armings are taken together. */
export interface DelayLevels
  extends Pick<Sample, "executor" | "lifoSlot" | "blockers">,
    Partial<Pick<Sample, "span" | "probes">> {
  readonly rearm: Sample["rearm"] | readonly Sample["rearm"][];
}

/** Overheads (µs) of the probes of each run at these levels; by default five blocks and 50 probes. */
export function delaysAt(dataset: TokioDelayData, levels: DelayLevels): Runs {
  const base = { source: "probe", workers: mainWorkers(dataset), span: "five", probes: 50 } as const;
  return cells(dataset, { value: "overheadUs", by: [], where: { ...base, ...levels } })[0]?.byRun ?? [];
}
