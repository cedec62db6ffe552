import type { Claim } from "../../ledger/claim.ts";
import { allOf, atLeast, atMost, type Judgement, undecided, within } from "../../ledger/judge.ts";
import { jumpsAtSaturation } from "../../ledger/jumps-at-saturation.ts";
import { kneeClients } from "../../model/request-knee.ts";
import { publishedRequests } from "../../model/request-load.ts";
import { cells } from "../../summary/cells.ts";
import {
  crossingOf,
  type Estimate,
  factorOf,
  missing,
  type Runs,
  ratioOf,
  scaled,
} from "../../summary/estimate.ts";
import { busyClients, poolCliff, poolKnee, type WorkerCountData } from "./analysis.ts";
import type { SweepName } from "./sweeps.ts";

const experiment = "worker-count";
const inCell = (cell: string) => ({ notebook: "05-worker-count", cell });
const everyPool = "run-queue, pools of several sizes";

function pools(data: WorkerCountData): number[] {
  const counts = new Set(data.runs.array("workers") as ArrayLike<number> & Iterable<number>);
  return [...counts].sort((a, b) => a - b);
}

/** Judges every pool of the data alike: all must hold. */
function inEveryPool(data: WorkerCountData, judge: (workers: number) => Judgement): Judgement {
  const sizes = pools(data);
  if (sizes.length < 2) return undecided("only one pool size was measured");
  return allOf(Object.fromEntries(sizes.map((workers) => [`pool of ${workers}`, judge(workers)])));
}

/** Overheads with all workers blocked, run by run. */
function atSaturation(data: WorkerCountData, sweep: SweepName, workers: number): Runs {
  const where = { executor: "run-queue", sweep, workers, load: workers } as const;
  return cells(data, { value: "overheadNs", by: [], where })[0]?.byRun ?? [];
}

const single = 1;

/** p99 at saturation in the largest pool over that in a single worker. */
function heightRatio(data: WorkerCountData, sweep: SweepName): Estimate {
  const most = Math.max(...pools(data));
  if (most === single) return missing;
  return factorOf(atSaturation(data, sweep, most), atSaturation(data, sweep, single), 0.99);
}

/** What changes with the size of the pool, and what does not. */
export const workerCountClaims: readonly Claim<WorkerCountData>[] = [
  {
    id: "pool-size-moves-cliff",
    statement: "In every pool p99 changes level where as many blockers as workers are.",
    source: "this study",
    expected: {
      verdict: "holds",
      because: "one free worker serves every poll, whatever the number of workers",
    },
    experiment,
    evidence: inCell("pools-cliffs"),
    margin: "change point of p99 at exactly 1 blocker a worker, in every pool",
    needs: `${everyPool}, blockers in step: none, a quarter of W, half of it, W − 1, W and W + 1`,
    judge: (data) =>
      inEveryPool(data, (workers) => jumpsAtSaturation(poolCliff(data, "run-queue", workers), workers)),
  },
  {
    id: "pool-size-height",
    statement:
      "On the run queue, with blockers in step the cliff in the largest pool is at least seven tenths as high as in a single worker; out of step at most four tenths.",
    source: "this study",
    expected: {
      verdict: "holds",
      because: "in step all workers come back together, out of step one of W comes back every B / W",
    },
    experiment,
    evidence: inCell("pools-cliffs"),
    margin:
      "p99 at saturation, largest pool over a single worker: at least 0.7 in step, at most 0.4 out of step",
    needs: `${everyPool}, W blockers in step and out of step`,
    judge: (data) =>
      pools(data).includes(single)
        ? allOf({
            "in step": atLeast(heightRatio(data, "in-step"), 0.7),
            "out of step": atMost(heightRatio(data, "out-of-step"), 0.4),
          })
        : undecided("no pool of 1 worker was measured"),
  },
  {
    id: "pool-size-law",
    statement:
      "In every pool the workers become the bottleneck at 0.85 to 1.25 times N* = W (D + Z) / D clients.",
    source: "this study",
    expected: {
      verdict: "holds",
      because: "the law holds for any discipline; timers and dispatch only make Z a little longer",
    },
    experiment,
    evidence: inCell("pools-knees"),
    margin: "clients at which measured throughput saturates over N*, from 0.85 to 1.25, in every pool",
    needs: `${everyPool}, 1 and 4 clients a worker`,
    judge: (data) =>
      inEveryPool(data, (workers) => {
        const law = kneeClients({ ...publishedRequests, workers });
        return within(scaled(busyClients(data, workers) ?? missing, 1 / law), 0.85, 1.25);
      }),
  },
  {
    id: "pool-size-failures-later",
    statement:
      "The largest pool takes a fifth more clients for each worker, or above, before one request in twenty fails.",
    source: "this study",
    expected: {
      verdict: "holds",
      because: "the blocks of many clients even out over many workers, as the simulated pools show",
    },
    experiment,
    evidence: inCell("pools-knees"),
    margin: "clients a worker at which 5 % fail, largest pool over smallest, at least 1.2",
    needs: `${everyPool}, clients on both sides of the onset`,
    judge(data) {
      const [least, most] = [pools(data).at(0) as number, pools(data).at(-1) as number];
      if (least === most) return undecided("only one pool size was measured");
      const onset = (workers: number) => crossingOf(poolKnee(data, workers).onset);
      return atLeast(scaled(ratioOf(onset(most), onset(least)), least / most), 1.2);
    },
  },
];
