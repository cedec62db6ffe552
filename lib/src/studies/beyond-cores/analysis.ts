import { cells } from "../../summary/cells.ts";
import { quantileOf, type Runs } from "../../summary/estimate.ts";
import { intervalColumns } from "../../summary/interval-columns.ts";
import type { SampleOf } from "../../tables/experiment-declaration.ts";
import type { Dataset } from "../../tables/load.ts";
import type { experiment } from "./experiment.ts";

type Declared = ReturnType<typeof experiment>;
export type BeyondCoresData = Dataset<Declared>;
type Sample = SampleOf<Declared>;

export type CoreDelay = ReturnType<typeof coreDelays>[number];

/** Length of a block that parks (µs): what a delay is measured by. */
export const blockUs = 50_000;

/**
 * Describes the probes' overhead by executor × hold × blockers: median and p99 (ms), and p99 in blocks, with 95 % intervals
 * over runs, beside the median time of one hold.
 */
export function coreDelays(dataset: BeyondCoresData) {
  const by = ["executor", "hold", "blockers"] as const;
  const holds = cells(dataset, { value: "heldUs", by, where: { source: "blocker" } });
  return cells(dataset, { value: "overheadUs", by, where: { source: "probe" } }).map(({ levels, byRun }) => {
    const held = holds.find((cell) => by.every((name) => cell.levels[name] === levels[name]));
    return {
      ...levels,
      runs: byRun.length,
      ...intervalColumns("p50", "Ms", quantileOf(byRun, 0.5), 1e-3),
      ...intervalColumns("p99", "Ms", quantileOf(byRun, 0.99), 1e-3),
      ...intervalColumns("p99", "Blocks", quantileOf(byRun, 0.99), 1 / blockUs),
      ...intervalColumns("hold", "Ms", quantileOf(held?.byRun ?? [], 0.5), 1e-3),
    };
  });
}

/** Takes the overheads (µs) of the probes of each run at these levels. Without blockers nothing holds, and both holds are one. */
export function overheadsAt(
  dataset: BeyondCoresData,
  levels: Pick<Sample, "executor" | "blockers" | "hold">,
): Runs {
  return (
    cells(dataset, { value: "overheadUs", by: [], where: { source: "probe", ...levels } })[0]?.byRun ?? []
  );
}
