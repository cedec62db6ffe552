import { atLeast, atMost, type Claim, factorOf } from "scheduling-safety/study";
import { pricesWhere, type SlowReceiptsData } from "./analysis.ts";

const experiment = "slow-receipts";
const evidence = { notebook: "slow-receipts", cell: "slow-receipts-delays" };
const needs = "prices with and without receipts, several runs each";

/** What a host's data can contradict. Scale-free: a ratio to the control, never raw milliseconds. */
export const slowReceiptsClaims: readonly Claim<SlowReceiptsData>[] = [
  {
    id: "receipts-slow-prices",
    statement: "Receipts on the same pool make prices slow.",
    source: "this study",
    expected: { verdict: "holds", because: "two receipts at once hold both workers for 60 ms" },
    experiment,
    evidence,
    margin: "p95 of prices beside receipts on the shared pool over prices alone, at least 3",
    needs,
    judge: (data) =>
      atLeast(factorOf(pricesWhere(data, beside("shared")), pricesWhere(data, alone), 0.95), 3),
  },
  {
    id: "own-pool-frees-prices",
    statement: "With a pool of their own, receipts leave prices alone.",
    source: "this study",
    expected: { verdict: "holds", because: "the workers of prices are free; cores are shared in slices" },
    experiment,
    evidence,
    margin: "p95 of prices beside receipts on their own pool over prices alone, at most 3",
    needs,
    judge: (data) => atMost(factorOf(pricesWhere(data, beside("own")), pricesWhere(data, alone), 0.95), 3),
  },
];

const alone = { receipts: "none", pools: "shared" } as const;

function beside(pools: "shared" | "own") {
  return { receipts: "some", pools } as const;
}
