import { quantile } from "../stats/quantile.ts";
import { shareAbove } from "../stats/share-above.ts";
import { publishedSweep } from "./blocker-sweep.ts";
import { type DisciplineName, disciplines } from "./disciplines.ts";
import { type SweepDesign, simulateOverheads } from "./simulate-overheads.ts";

export type StealingStalls = ReturnType<typeof stealingStalls>[number];

const schedulers = [
  "shared queue",
  "stealing, timer thread",
  "stealing, timers on a worker",
  "the same without slot",
] as const satisfies readonly DisciplineName[];

const workers = 4;
/** Probes that start together and timers of a millisecond, as in the Tokio study; enough sleeps to outlast the start. */
const design = {
  ...publishedSweep,
  phase: "aligned",
  sleeps: 50,
  blocks: Number.POSITIVE_INFINITY,
  startWithinMs: publishedSweep.blockMs,
  timerTickMs: 1,
  countFromMs: 2 * publishedSweep.blockMs,
} as const;

/** Two kinds of blocker, which differ in how they give their worker back. */
const blockings = [
  { blocking: "yields", rearmMs: null },
  { blocking: "sleeps 25 ms", rearmMs: 25 },
] as const;

/** Simulates blockers that yield and blockers that sleep between blocks, under schedulers with local queues. */
export function stealingStalls() {
  return blockings.flatMap(({ blocking, rearmMs }) =>
    schedulers.flatMap((scheduler) =>
      Array.from({ length: workers + 1 }, (_, blockers) => ({
        blocking,
        scheduler,
        workers,
        blockers,
        ...describe({ ...design, blockers, rearmMs }, scheduler),
      })),
    ),
  );
}

function describe(sweep: SweepDesign, scheduler: DisciplineName) {
  const runs = simulateOverheads(sweep, workers, disciplines[scheduler], { lagsMs: [], replications: 5 });
  const overheads = runs.flatMap((run) => Array.from(run));
  return {
    p50Ms: quantile(overheads, 0.5)?.estimate ?? null,
    p99Ms: quantile(overheads, 0.99)?.estimate ?? null,
    lateShare: shareAbove(overheads, 5),
  };
}
