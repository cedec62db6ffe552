import { cross, type DesignPart, defineExperiment, namesOf, type Profile } from "scheduling-safety/measure";
import { response } from "./response.ts";
import { pools, receipts, runSlowReceipts, type SlowReceiptsScenario, windowMs } from "./run.ts";

/** Declares what is varied, what is measured, and how often. */
export function experiment() {
  return defineExperiment({
    name: "slow-receipts",
    question: "Do receipts make prices slow, and does a pool of their own help?",
    factors: {
      receipts: {
        unit: "",
        meaning: "receipts in a run: none (the control), or sixteen",
        levels: namesOf(receipts),
      },
      pools: {
        unit: "",
        meaning: "whether receipts share the pool of prices or have their own",
        levels: pools,
      },
    },
    response,
    primary: {
      rule: "p99",
      durationsNs: ({ kind, delayNs }) =>
        Float64Array.from(delayNs).filter((_, row) => kind[row] === "price"),
    },
    design,
    expectedMs: () => 1500 + windowMs,
    run: runSlowReceipts,
  });
}

/** Without receipts it makes no difference whose pool they have: the control is measured once. */
function design(profile: Profile): readonly DesignPart<SlowReceiptsScenario>[] {
  const scenarios = [
    ...cross({ receipts: ["none"], pools: ["shared"] }),
    ...cross({ receipts: ["some"], pools: ["shared", "own"] }),
  ];
  return [{ name: "base", scenarios, replicates: { smoke: 1, quick: 3, full: 10 }[profile] }];
}
