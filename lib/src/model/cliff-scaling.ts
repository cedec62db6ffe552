import { quantile } from "../stats/quantile.ts";
import { publishedSweep } from "./blocker-sweep.ts";
import { outOfStepDelay } from "./out-of-step-delay.ts";
import { simulateMany } from "./simulate-many.ts";
import type { SweepDesign } from "./simulate-overheads.ts";

const workerCounts = [4, 64, 1024, 16_384];

const inStep = publishedSweep;
/** Blocks without end, started so that as many begin as can end; counted once all blockers are under way. */
function outOfStep(workers: number, blockers: number): SweepDesign {
  const startWithinMs = inStep.blockMs * Math.max(1, blockers / workers);
  const endless = { sleeps: 30, blocks: Number.POSITIVE_INFINITY, startWithinMs };
  return { ...inStep, ...endless, blockers, countFromMs: 2 * startWithinMs };
}

export type CliffScaling = Awaited<ReturnType<typeof cliffScaling>>[number];

/**
 * Simulates the cliff of one shared queue for pools far larger than any host here: p99 of the overhead by pattern ×
 * workers × blockers, for blockers in step (the original ones) and out of step, beside the closed forms.
 */
export async function cliffScaling() {
  const grid = workerCounts.flatMap((workers) =>
    sweep(workers).flatMap((blockers) => [
      {
        pattern: "in step" as const,
        workers,
        design: { ...inStep, blockers } as SweepDesign,
        formulaMs: blockers < workers ? 0 : inStep.blockMs - inStep.sleepMs,
      },
      {
        pattern: "out of step" as const,
        workers,
        design: outOfStep(workers, blockers),
        formulaMs: outOfStepDelay({ workers, blockers, blockMs: inStep.blockMs }),
      },
    ]),
  );
  const simulated = await simulateMany(
    grid.map(({ workers, design }) => ({
      load: { kind: "sweep", design },
      workers,
      discipline: "shared queue",
      lagsMs: [],
      // The fewer the workers, the more it matters how the blockers' phases fall.
      replications: workers < 100 ? 40 : 4,
    })),
  );
  return grid.map(({ pattern, workers, design: { blockers }, formulaMs }, i) => {
    const overheads = (simulated[i] as Float64Array[]).flatMap((run) => Array.from(run));
    return {
      pattern,
      workers,
      blockers,
      share: blockers / workers,
      p50Ms: quantile(overheads, 0.5)?.estimate ?? null,
      p99Ms: quantile(overheads, 0.99)?.estimate ?? null,
      formulaMs,
    };
  });
}

function sweep(workers: number): number[] {
  const shares = [0.5, 0.75, 1 - 1 / workers, 1, 1.125, 1.25, 1.5];
  return [...new Set(shares.map((share) => Math.round(share * workers)))];
}
