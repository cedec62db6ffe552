import { type ExecutorName, executorNames } from "../../../executor/executors.ts";
import type { Claim } from "../../../ledger/claim.ts";
import { allOf, atLeast, atMost, type Judgement, undecided, within } from "../../../ledger/judge.ts";
import { jumpsAtSaturation } from "../../../ledger/jumps-at-saturation.ts";
import { besideFreeWorker, ofPool } from "../../../ledger/of-pool.ts";
import { mainWorkers } from "../../../summary/main-workers.ts";
import { publishedWorkers } from "../../../tables/main-workers.ts";
import type { SchedulingDelayData } from "../analysis.ts";
import { delayCliff, fromSweep, overheadFactor, overheadInBlocks } from "./sweep.ts";

const sweep = "base grid, blockers from none to two more than workers W";
const corner = "base grid, W − 1 and W blockers";

/** Where the cliff is, and how high. */
export const cliffClaims: readonly Claim<SchedulingDelayData>[] = [
  {
    id: "cliff-at-saturation",
    statement: "On the run queue with four workers, p99 changes level where the last worker is blocked.",
    source: "tokio",
    expected: {
      verdict: "holds",
      because: "a work-conserving queue lets nobody wait while a worker is free",
    },
    ...fromSweep("percentiles"),
    margin: "change point of p99 at exactly 1 blocker a worker",
    needs: sweep,
    judge: (data) => ofPool(publishedWorkers, data, jumpsAt(data, "run-queue", mainWorkers(data))),
  },
  {
    id: "cliff-at-saturation-piscina",
    statement: "Behind a central dispatcher with four workers, p99 changes level at the same place.",
    source: "tokio",
    expected: { verdict: "holds", because: "the dispatcher hands a task to whichever worker is idle" },
    ...fromSweep("percentiles"),
    margin: "change point of p99 at exactly 1 blocker a worker",
    needs: sweep,
    judge: (data) => ofPool(publishedWorkers, data, jumpsAt(data, "piscina", mainWorkers(data))),
  },
  {
    id: "cliff-moves-with-workers",
    statement: "In a run queue of another size, p99 changes level at one blocker a worker, too.",
    source: "this study",
    expected: { verdict: "holds", because: "only the share of workers that are blocked matters" },
    ...fromSweep("percentiles"),
    margin: "change point of p99 at exactly 1 blocker a worker, at each other worker count",
    needs: "base grid at more than one worker count",
    judge(data) {
      const counts = new Set(data.runs.array("workers") as ArrayLike<number> & Iterable<number>);
      const others = [...counts].filter((count) => count !== mainWorkers(data));
      if (others.length === 0) return undecided("only one worker count was measured");
      const jumps = (workers: number) => jumpsAt(data, "run-queue", workers);
      return allOf(Object.fromEntries(others.map((workers) => [`${workers} workers`, jumps(workers)])));
    },
  },
  ...executorNames.map(
    (executor): Claim<SchedulingDelayData> => ({
      id: `one-free-worker-${executor}`,
      statement: `One free worker keeps p99 on ${executor} below a quarter of a block.`,
      source: "tokio",
      expected:
        executor === "pinned"
          ? { verdict: "fails", because: "a free event loop cannot take the tasks of a blocked one" }
          : { verdict: "holds", because: "any worker may take any task, and a poll takes microseconds" },
      ...fromSweep("percentiles"),
      margin: "p99 with W − 1 blockers, at most 0.25 blocks",
      needs: "base grid, W − 1 blockers",
      judge: (data) => atMost(overheadInBlocks(data, executor, "below", 0.99), 0.25),
    }),
  ),
  {
    id: "flat-below-cliff",
    statement: "Up to the last free worker, p99 on the run queue rises by a quarter at most.",
    source: "tokio",
    expected: {
      verdict: "fails",
      because: "the floor here is so low that waking parked threads on shared cores shows above it",
    },
    ...fromSweep("percentiles"),
    margin: "p99 with W − 1 blockers over p99 with none, at most 1.25",
    needs: "base grid, none and W − 1 blockers",
    judge: (data) =>
      besideFreeWorker(data, atMost(overheadFactor(data, "run-queue", ["below", "none"], 0.99), 1.25)),
  },
  {
    id: "tenfold-step",
    statement: "The last worker multiplies p99 on the run queue by ten or more.",
    source: "tokio",
    expected: {
      verdict: "holds",
      because: "a block of 50 ms stands against a floor of a millisecond or less",
    },
    ...fromSweep("steps"),
    margin: "p99 with W blockers over p99 with W − 1, at least 10 (published: 35 to 100)",
    needs: corner,
    judge: (data) => atLeast(overheadFactor(data, "run-queue", ["at", "below"], 0.99), 10),
  },
  {
    id: "tenfold-step-piscina",
    statement: "The last worker multiplies p99 behind a central dispatcher by ten or more.",
    source: "tokio",
    expected: { verdict: "fails", because: "messages there and back raise the healthy p99 to milliseconds" },
    ...fromSweep("steps"),
    margin: "p99 with W blockers over p99 with W − 1, at least 10",
    needs: corner,
    judge: (data) => atLeast(overheadFactor(data, "piscina", ["at", "below"], 0.99), 10),
  },
  {
    id: "pinned-bad-at-one",
    statement: "Where tasks are pinned, one blocker brings p99 to half a block or more.",
    source: "this study",
    expected: {
      verdict: "holds",
      because: "the tasks on the blocked event loop are more than one in a hundred",
    },
    ...fromSweep("percentiles"),
    margin: "p99 with 1 blocker, at least 0.5 blocks",
    needs: "base grid, 1 blocker",
    judge: (data) => atLeast(overheadInBlocks(data, "pinned", "one", 0.99), 0.5),
  },
  {
    id: "pinned-no-cliff",
    statement: "Where tasks are pinned, the last worker changes p99 by less than a quarter.",
    source: "this study",
    expected: {
      verdict: "holds",
      because: "the tail belongs to the tasks that already had a blocker beside them",
    },
    ...fromSweep("steps"),
    margin: "p99 with W blockers over p99 with W − 1, from 0.8 to 1.25",
    needs: corner,
    judge: (data) => within(overheadFactor(data, "pinned", ["at", "below"], 0.99), 0.8, 1.25),
  },
  {
    id: "published-height",
    statement: "At saturation p99 on the run queue reaches 2.8 blocks, the published 140 ms.",
    source: "tokio",
    expected: {
      verdict: "fails",
      because:
        "the queue has one order and its timers live outside the pool: a task waits for one block only",
    },
    ...fromSweep("percentiles"),
    margin: "p99 with W blockers, at least 2.8 blocks",
    needs: "base grid, W blockers",
    judge: (data) => atLeast(overheadInBlocks(data, "run-queue", "at", 0.99), 2.8),
  },
  {
    id: "one-block-height",
    statement:
      "At saturation p99 on the run queue is seven tenths of a block or more, and one block at most.",
    source: "this study",
    expected: {
      verdict: "holds",
      because: "its timer fires within a block and the first worker back serves it",
    },
    ...fromSweep("percentiles"),
    margin: "p99 with W blockers, from 0.7 to 1 block",
    needs: "base grid, W blockers",
    judge: (data) => within(overheadInBlocks(data, "run-queue", "at", 0.99), 0.7, 1),
  },
];

function jumpsAt(data: SchedulingDelayData, executor: ExecutorName, workers: number): Judgement {
  return jumpsAtSaturation(delayCliff(data, executor, workers), workers);
}
