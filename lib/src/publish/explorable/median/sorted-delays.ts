import { publishedSweep } from "../../../model/blocker-sweep.ts";
import { sharedQueue } from "../../../model/shared-queue.ts";
import { simulateOverheads } from "../../../model/simulate-overheads.ts";
import { nearestRank } from "../../../stats/nearest-rank.ts";
import { mostBlockers } from "../cliff/choice.ts";
import type { MedianDesign } from "./choice.ts";

/** The pool that was measured. */
export const workers = 4;
const replications = 20;

/** Simulates the scheduling delays of many runs for each number of blockers; in ascending order (ms). */
export function sortedDelays({ blocks }: MedianDesign): Float64Array[] {
  const endless = { blocks: Number.POSITIVE_INFINITY, startWithinMs: publishedSweep.blockMs };
  return Array.from({ length: mostBlockers + 1 }, (_, blockers) => {
    const design = { ...publishedSweep, ...(blocks === "endless" ? endless : {}), blockers };
    const runs = simulateOverheads(design, workers, () => sharedQueue, { lagsMs: [], replications });
    return Float64Array.from(runs.flatMap((run) => Array.from(run))).sort();
  });
}

/** Reads a quantile, in percent, off delays in ascending order (ms). */
export function quantileOf(sorted: Float64Array, percent: number): number {
  return sorted[nearestRank(sorted.length, percent / 100) - 1] ?? 0;
}

/** Share of delays above a bound (ms). */
export function shareAbove(sorted: Float64Array, boundMs: number): number {
  return sorted.filter((ms) => ms > boundMs).length / sorted.length;
}
