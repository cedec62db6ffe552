import { publishedSweep } from "../../../model/blocker-sweep.ts";
import { type DisciplineName, disciplines } from "../../../model/disciplines.ts";
import { simulateOverheads } from "../../../model/simulate-overheads.ts";
import { quantile } from "../../../stats/quantile.ts";

/** What the queue alone predicts of the scheduling delay at one number of blockers (ms). */
export interface PredictedDelay {
  readonly blockers: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

const replications = 20;

/** Simulates the published blocker sweep for 0 … `most` blockers, without any noise of timers or of a host. */
export function predictedDelays(discipline: DisciplineName, workers: number, most: number): PredictedDelay[] {
  return Array.from({ length: most + 1 }, (_, blockers) => {
    const design = { ...publishedSweep, blockers };
    const runs = simulateOverheads(design, workers, disciplines[discipline], { lagsMs: [], replications });
    const delays = runs.flatMap((run) => Array.from(run));
    return { blockers, p50Ms: quantileMs(delays, 0.5), p99Ms: quantileMs(delays, 0.99) };
  });
}

function quantileMs(delays: readonly number[], p: number): number {
  return quantile(delays, p)?.estimate ?? 0;
}
