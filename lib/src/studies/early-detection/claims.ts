import type { Claim } from "../../ledger/claim.ts";
import { allOf, atLeast, within } from "../../ledger/judge.ts";
import { scaled } from "../../summary/estimate.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import { type EarlyDetectionData, findPoolKnees, kneeOverLaw, kneeRatio } from "./analysis.ts";

const shared = {
  source: "this study",
  experiment: "early-detection",
  evidence: { notebook: "15-early-detection", cell: "early-detection-knees" },
  needs: "the sweep of connections on a pool of 1 worker and on the main pool, 5 runs a level",
} as const;

const smallest = 1;

/** What the study says of testing on a small pool. */
export const earlyDetectionClaims: readonly Claim<EarlyDetectionData>[] = [
  {
    ...shared,
    id: "early-detection-earlier",
    statement: "On a pool of one worker requests begin to fail at half as many connections or fewer.",
    expected: { verdict: "holds", because: "one blocking request holds all of a pool of one" },
    margin: "knee (5 % failures) of the main pool over that of 1 worker, at least 2",
    judge: (data) => atLeast(earlier(data).ratio, 2),
  },
  {
    ...shared,
    id: "early-detection-proportional",
    statement:
      "The knee moves in proportion to the number of workers, as the law N* = W (D + Z) / D says, to within a quarter.",
    expected: {
      verdict: "holds",
      because: "the law bounds throughput on any pool; only chance weighs more on a small one",
    },
    margin: "ratio of the knees over the ratio of the workers, from 0.75 to 1.25",
    judge: (data) => {
      const { ratio, workers } = earlier(data);
      return within(scaled(ratio, smallest / workers), 0.75, 1.25);
    },
  },
  {
    ...shared,
    id: "early-detection-above-law",
    statement: "Failures begin above the law's number of connections, not below it.",
    expected: {
      verdict: "holds",
      because: "below it no queue can last, and the deadline leaves room for one block of another request",
    },
    margin: "knee over N* = W (D + Z) / D, at least 1 on 1 worker and on the main pool",
    judge: (data) => {
      const knees = findPoolKnees(data);
      const overLaw = (workers: number) => atLeast(kneeOverLaw(knees, workers), 1);
      return allOf({ "1 worker": overLaw(smallest), "main pool": overLaw(mainWorkers(data)) });
    },
  },
];

function earlier(data: EarlyDetectionData) {
  const workers = mainWorkers(data);
  return { workers, ratio: kneeRatio(findPoolKnees(data), workers, smallest) };
}
