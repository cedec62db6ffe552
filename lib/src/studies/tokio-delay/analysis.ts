import { type ColumnTable, from } from "arquero";
import { cells } from "../../summary/cells.ts";
import { quantileOf, type Runs } from "../../summary/estimate.ts";
import { intervalColumns } from "../../summary/interval-columns.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import type { Dataset } from "../../tables/load.ts";

/** Length of one block between two re-armings, in the unit of the samples: what a delay is measured by. */
export const blockUs = 50_000;

/**
 * Describes the probes' overhead by system (executor × slot) × span × probes × re-arming × blockers: median and 99th
 * percentile with 95 % intervals over runs, and the latter in blocks. The control without blockers stands under `yield`.
 */
export function rearmDelays(dataset: Dataset): ColumnTable {
  const by = ["executor", "lifoSlot", "span", "probes", "rearm", "blockers"];
  const where = { source: "probe", workers: mainWorkers(dataset) };
  return from(
    cells(dataset, { value: "overheadUs", by, where }).map(({ levels, byRun }) => ({
      ...levels,
      runs: byRun.length,
      ...intervalColumns("p50", "Ms", quantileOf(byRun, 0.5), 1e-3),
      ...intervalColumns("p99", "Ms", quantileOf(byRun, 0.99), 1e-3),
      ...intervalColumns("p99", "Blocks", quantileOf(byRun, 0.99), 1 / blockUs),
    })),
  );
}

/** Levels of one cell; several re-armings are taken together. */
export interface DelayLevels {
  readonly executor: string;
  readonly lifoSlot: "on" | "off" | "none";
  readonly span?: "five" | "sustained";
  readonly probes?: number;
  readonly rearm: string | readonly string[];
  readonly blockers: number;
}

/** Overheads (µs) of the probes of each run at these levels; by default five blocks and 50 probes. */
export function delaysAt(dataset: Dataset, levels: DelayLevels): Runs {
  const where = {
    source: "probe",
    workers: mainWorkers(dataset),
    span: "five",
    probes: 50,
    ...levels,
  };
  return cells(dataset, { value: "overheadUs", by: [], where })[0]?.byRun ?? [];
}
