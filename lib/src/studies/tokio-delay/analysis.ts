import { cells } from "../../summary/cells.ts";
import { quantileOf, type Runs } from "../../summary/estimate.ts";
import { intervalColumns } from "../../summary/interval-columns.ts";
import { intervalText } from "../../summary/interval-text.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import { rowsOf } from "../../summary/rows.ts";
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

const system = { on: "Tokio", off: "Tokio, no slot" } as const;

/**
 * Lays out delays for readers, one row a system × span × probes × re-arming: p99 in blocks with one blocker, with one
 * worker left and with none, and the median without blockers and with no worker left. What was not measured is missing.
 *
 * @param delays what `rearmDelays` gives
 * @param workers the worker count that was measured
 */
export function rearmTable(delays: readonly RearmDelay[], workers: number) {
  const cases = Map.groupBy(
    delays.filter(({ blockers }) => blockers > 0),
    ({ executor, lifoSlot, span, probes, rearm }) => [executor, lifoSlot, span, probes, rearm].join("\0"),
  );
  return [...cases.values()].flatMap(([row]) => {
    if (row === undefined) return [];
    const { executor, lifoSlot, span, probes, rearm } = row;
    const at = (blockers: number) => rowsOf(delays, { executor, lifoSlot, span, probes, rearm, blockers })[0];
    const [free] = rowsOf(delays, { executor, lifoSlot, span: "five", probes, blockers: 0 });
    return {
      system: lifoSlot === "none" ? executor : system[lifoSlot],
      tasks: probes,
      blocks: span,
      "between blocks": rearm,
      "p99 at K = 1": spellBlocks(at(1)),
      "p99 at K = W − 1": spellBlocks(at(workers - 1)),
      "p99 at K = W": spellBlocks(at(workers)),
      "p50 at K = 0 (ms)": spell(free?.p50Ms),
      "p50 at K = W (ms)": spell(at(workers)?.p50Ms),
    };
  });
}

function spellBlocks(row: RearmDelay | undefined): string | null {
  return spell(row?.p99Blocks, row?.p99LowBlocks, row?.p99HighBlocks);
}

function spell(estimate: number | null = null, low: number | null = null, high: number | null = null) {
  return intervalText({ estimate, low, high });
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
