import type { Claim } from "../../ledger/claim.ts";
import { allOf, atLeast, atMost, undecided } from "../../ledger/judge.ts";
import { cells } from "../../summary/cells.ts";
import { crossingOf, ratioOf, scaled } from "../../summary/estimate.ts";
import { publishedWorkers } from "../../tables/main-workers.ts";
import { p99At, poolKnee, type SimulatedPoolsData } from "./analysis.ts";

const shown = {
  experiment: "simulated-pools",
  source: "this study",
} as const;
const cliffs = { notebook: "24-simulated-pools", cell: "simulated-pools-cliffs-table" } as const;
const knees = { notebook: "24-simulated-pools", cell: "simulated-pools-knees-table" } as const;
/** A block (µs). */
const blockUs = 50_000;

/** What the queue alone says of pools that nobody can measure. */
export const simulatedPoolsClaims: readonly Claim<SimulatedPoolsData>[] = [
  {
    ...shown,
    id: "simulated-cliff-in-step",
    statement:
      "Where blocks begin together, the cliff stands where the last worker goes in every simulated pool.",
    expected: { verdict: "holds", because: "a shared queue knows no size: one free worker serves everybody" },
    margin: "p99 with K = W, at least 0.5 blocks, and with K = W − 1, at most 0.05 blocks, in every pool",
    needs: "run-queue, in step, K = W − 1 and W",
    evidence: cliffs,
    judge: (data) =>
      allOf(
        Object.fromEntries(
          sizesOf(data, "in-step").flatMap((workers) => [
            [`${workers}, none left`, atLeast(inBlocks(data, "in-step", workers, "all"), 0.5)],
            [`${workers}, one left`, atMost(inBlocks(data, "in-step", workers, "all-but-one"), 0.05)],
          ]),
        ),
      ),
  },
  {
    ...shown,
    id: "simulated-no-cliff-out-of-step",
    statement: "Where blocks are out of step, no simulated pool of a thousand workers or more has a cliff.",
    expected: { verdict: "holds", because: "somewhere a block ends every B / W" },
    margin: "p99 with K = W, at most 0.05 blocks, in every pool of 1,024 workers or more",
    needs: "run-queue, out of step, K = W, 1,024 workers or more",
    evidence: cliffs,
    judge: (data) =>
      allOf(
        Object.fromEntries(
          sizesOf(data, "out-of-step")
            .filter(isLarge)
            .map((workers) => [`${workers}`, atMost(inBlocks(data, "out-of-step", workers, "all"), 0.05)]),
        ),
      ),
  },
  {
    ...shown,
    id: "simulated-onset-grows",
    statement:
      "In the largest simulated pool a worker bears at least 1.2 times the clients of one in a pool of four before one request in twenty fails.",
    expected: {
      verdict: "holds",
      because: "waits of many workers average out, and deadlines meet only extremes",
    },
    margin: "clients a worker at 5 % failures, largest pool over pool of 4, at least 1.2",
    needs: "run-queue, requests, pools of 4 and of 1,024 workers or more",
    evidence: knees,
    judge: (data) => {
      const large = largest(data);
      if (large === undefined) return undecided(noLarge);
      if (!sizesOf(data, "requests").includes(publishedWorkers)) {
        return undecided(`no simulated pool of ${publishedWorkers} workers was measured`);
      }
      const onset = (workers: number) => crossingOf(poolKnee(data, "run-queue", workers).onset);
      return atLeast(ratioOf(onset(large), onset(publishedWorkers)), 1.2);
    },
  },
  {
    ...shown,
    id: "simulated-fall-steepens",
    statement:
      "In the largest simulated pool half of all requests fail at no more than 1.2 times the load at which one in twenty does.",
    expected: { verdict: "holds", because: "every worker reaches its deadline at the same load" },
    margin: "clients at 50 % over clients at 5 % failures in the largest pool, at most 1.2",
    needs: "run-queue, requests, a pool of 1,024 workers or more",
    evidence: knees,
    judge: (data) => {
      const large = largest(data);
      if (large === undefined) return undecided(noLarge);
      const { onset, midpoint } = poolKnee(data, "run-queue", large);
      return atMost(ratioOf(crossingOf(midpoint), crossingOf(onset)), 1.2);
    },
  },
];

function sizesOf(data: SimulatedPoolsData, load: "in-step" | "out-of-step" | "requests"): number[] {
  return cells(data, { value: "counted", by: ["workers"], where: { load, executor: "run-queue" } }).map(
    ({ levels }) => levels.workers,
  );
}

const noLarge = "no simulated pool of 1,024 workers or more was measured";

function isLarge(workers: number): boolean {
  return workers >= 1024;
}

/** The largest pool with requests that is large at all. */
function largest(data: SimulatedPoolsData): number | undefined {
  return sizesOf(data, "requests")
    .filter(isLarge)
    .toSorted((a, b) => a - b)
    .at(-1);
}

function inBlocks(
  data: SimulatedPoolsData,
  load: "in-step" | "out-of-step",
  workers: number,
  blocked: "all-but-one" | "all",
) {
  return scaled(p99At(data, { load, workers, blocked }), 1 / blockUs);
}
