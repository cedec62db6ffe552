import type { Claim } from "../../../ledger/claim.ts";
import { allOf, atLeast, atMost } from "../../../ledger/judge.ts";
import { ofPool } from "../../../ledger/of-pool.ts";
import { type Estimate, factorOf, quantileOf, tailRatioOf } from "../../../summary/estimate.ts";
import { publishedWorkers } from "../../../tables/main-workers.ts";
import type { SchedulingDelayData } from "../analysis.ts";
import {
  blockersAt,
  fromSweep,
  inBlocks,
  overheadFactor,
  overheadInBlocks,
  probeOverheads,
} from "./sweep.ts";

const burstMs = 150;

/** What the median tells, where the delay arises, and how low the floor is. */
export const tailClaims: readonly Claim<SchedulingDelayData>[] = [
  {
    id: "median-blind",
    statement:
      "Beside blocks that end early, the median on the run queue at the cliff is at most a quarter higher than without blockers.",
    source: "tokio",
    expected: {
      verdict: "fails",
      because: "Tokio's floor is a rounded millisecond; on a floor of a tenth of that, busier workers show",
    },
    ...fromSweep("percentiles"),
    margin: "p50 with W blockers over p50 with none, at most 1.25 (published: 1.05 to 1.1)",
    needs: "base grid, none and W blockers",
    judge: (data) => atMost(overheadFactor(data, "run-queue", ["at", "none"], 0.5), 1.25),
  },
  {
    id: "median-far-below-block",
    statement:
      "Beside blocks that end early, and in the closed loop, the median on the run queue at the cliff stays below a tenth of a block.",
    source: "tokio",
    expected: { verdict: "holds", because: "fewer than half of the wake-ups fall into a lap of blocks" },
    ...fromSweep("percentiles"),
    margin: "p50 with W blockers, at most 0.1 blocks",
    needs: "base grid, W blockers",
    judge: (data) => atMost(overheadInBlocks(data, "run-queue", "at", 0.5), 0.1),
  },
  {
    id: "median-sees-other-designs",
    statement:
      "Beside blocks that do not end, or where wake-ups keep to intended times, the median on the run queue is ten times as high or higher once the last worker is blocked.",
    source: "this study",
    expected: {
      verdict: "holds",
      because:
        "all wake-ups then fall into laps of blocks, not the few before the last block ends; data of one host suggested it, and others test it",
    },
    ...fromSweep("steps"),
    margin: "p50 with W blockers over p50 with W − 1, at least 10: sustained blocks, and open loop",
    needs: "sustained blocks and open loop, W − 1 and W blockers",
    judge(data) {
      const grown = (levels: Parameters<typeof probeOverheads>[1]) => {
        const at = (mark: "below" | "at") =>
          probeOverheads(data, { ...levels, executor: "run-queue", blockers: blockersAt(data, mark) });
        return atLeast(factorOf(at("at"), at("below"), 0.5), 10);
      };
      return allOf({
        "sustained blocks": grown({ part: "blocking", blocking: "sustained" }),
        "open loop": grown({ part: "load", load: "open-loop" }),
      });
    },
  },
  {
    id: "median-sees-beyond",
    statement:
      "With four workers and two blockers more than workers, the median on the run queue is half a block or more.",
    source: "this study",
    expected: {
      verdict: "holds",
      because: "more blockers make more laps, and more than half of the wake-ups late",
    },
    ...fromSweep("percentiles"),
    margin: "p50 with W + 2 blockers, at least 0.5 blocks",
    needs: "base grid, W + 2 blockers, at four workers",
    judge: (data) =>
      ofPool(publishedWorkers, data, atLeast(overheadInBlocks(data, "run-queue", "beyond", 0.5), 0.5)),
  },
  {
    id: "hundredfold-tail-ratio",
    statement:
      "Beside blocks that end early, p99 on the run queue at the cliff is a hundred times p50 or more.",
    source: "tokio",
    expected: { verdict: "holds", because: "the wake-ups that are not late see a floor far below a block" },
    ...fromSweep("tails"),
    margin: "p99 over p50 with W blockers, at least 100",
    needs: "base grid, W blockers",
    judge: (data) =>
      atLeast(
        tailRatioOf(probeOverheads(data, { executor: "run-queue", blockers: blockersAt(data, "at") })),
        100,
      ),
  },
  {
    id: "burst-hides-from-median",
    statement:
      "One short burst that takes all workers together leaves the median on the run queue below a tenth of its length, and p99 above half of it.",
    source: "this study",
    expected: {
      verdict: "holds",
      because: "it meets a few wake-ups of each task, and those for its whole length",
    },
    ...fromSweep("steps"),
    margin: "with W blockers, p50 at most 0.1 bursts and p99 at least 0.5 bursts",
    needs: "one aligned burst, W blockers",
    judge(data) {
      const levels = { part: "blocking", blocking: "burst", executor: "run-queue" } as const;
      const runs = probeOverheads(data, { ...levels, blockers: blockersAt(data, "at") });
      const inBursts = (p: number) => inBlocks(quantileOf(runs, p), burstMs);
      return allOf({ p99: atLeast(inBursts(0.99), 0.5), p50: atMost(inBursts(0.5), 0.1) });
    },
  },
  {
    id: "delay-is-queueing",
    statement:
      "At the cliff, 99 of 100 wake-ups reach the run queue within a tenth of a block: the rest of the delay arises in it.",
    source: "this study",
    expected: { verdict: "holds", because: "timers and dispatcher have a thread that no blocker holds" },
    ...fromSweep("parts"),
    margin: "p99 of due to handed over with W blockers, at most 0.1 blocks",
    needs: "base grid, W blockers",
    judge(data) {
      const levels = { executor: "run-queue", blockers: blockersAt(data, "at") } as const;
      return atMost(inBlocks(quantileOf(probeOverheads(data, levels, "dispatchNs"), 0.99)), 0.1);
    },
  },
  {
    id: "low-floor",
    statement:
      "Without blockers, the tail on the shared queue is within 1.3 times that of Node's own timers.",
    source: "this study",
    expected: { verdict: "holds", because: "its dispatcher keeps finer time than Node's timers do" },
    ...fromSweep("floors"),
    margin: "p99 over that of bare timers in the same processes, at most 1.3",
    needs: "base grid, no blockers",
    judge: (data) => atMost(floorRatio(data, "bare-timer"), 1.3),
  },
  {
    id: "low-floor-futex",
    statement:
      "Without blockers, p99 on the shared queue is at most 1.3 times that of a thread that waits on a futex and has no workers.",
    source: "this study",
    expected: {
      verdict: "fails",
      because: "a wake-up crosses to a parked worker: a second futex, and a core that has to be free",
    },
    ...fromSweep("floors"),
    margin: "p99 over that of futex timers in the same processes, at most 1.3",
    needs: "base grid, no blockers",
    judge: (data) => atMost(floorRatio(data, "futex-timer"), 1.3),
  },
];

/** Divides the tail of the run queue by that of timers without workers, which slept the same sleeps. */
function floorRatio(data: SchedulingDelayData, baseline: "bare-timer" | "futex-timer"): Estimate {
  const runs = (source: string) => probeOverheads(data, { executor: "run-queue", blockers: 0, source });
  return factorOf(runs("probe"), runs(baseline), 0.99);
}
