import type { Claim } from "../../ledger/claim.ts";
import { allOf, atLeast, atMost, within } from "../../ledger/judge.ts";
import { ofPool } from "../../ledger/of-pool.ts";
import { type Estimate, factorOf, quantileOf, scaled } from "../../summary/estimate.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import { publishedWorkers } from "../../tables/main-workers.ts";
import { blockUs, type DelayLevels, delaysAt, type TokioDelayData } from "./analysis.ts";

const shown = {
  experiment: "tokio-delay",
  evidence: { notebook: "18-tokio", cell: "tokio-rearm-table" },
} as const;
const onTokio = { executor: "tokio", lifoSlot: "on" } as const;
const withoutSlot = { executor: "tokio", lifoSlot: "off" } as const;
const sleeping = ["sleep-1", "sleep-5", "sleep-10"] as const;

/** What a host's data can say about how blockers come back, on Tokio and on Node. */
export const tokioDelayClaims: readonly Claim<TokioDelayData>[] = [
  {
    ...shown,
    id: "tokio-one-free-worker-yield",
    statement:
      "One free worker keeps p99 on Tokio below a quarter of a block beside blockers that yield between blocks.",
    source: "tokio",
    expected: {
      verdict: "holds",
      because: "who yields goes to a queue, and each worker that takes a block has called another first",
    },
    margin: "p99 at K = W − 1, at most a quarter of a block",
    needs: "Tokio with its slot, 50 probes, yield, K = W − 1",
    judge: (data) =>
      atMost(inBlocks(data, { ...onTokio, rearm: "yield", blockers: mainWorkers(data) - 1 }), 0.25),
  },
  {
    ...shown,
    id: "tokio-one-free-worker-sleep",
    statement:
      "Three free workers of four keep p99 on Tokio below a quarter of a block beside one blocker that sleeps between blocks.",
    source: "this study",
    expected: {
      verdict: "fails",
      because:
        "the worker that watches the timers finds the blocker due, takes it out of its slot and calls nobody: no timer fires before the block is over",
    },
    margin: "p99 at K = 1, sleeps of 1, 5 and 10 ms together, at most a quarter of a block",
    needs: "Tokio with its slot, 50 probes, sleeps, K = 1",
    judge: (data) =>
      ofPool(
        publishedWorkers,
        data,
        atMost(inBlocks(data, { ...onTokio, rearm: sleeping, blockers: 1 }), 0.25),
      ),
  },
  {
    ...shown,
    id: "tokio-slot-strands-timers",
    statement:
      "Without the slot for the task woken last, p99 beside that one blocker is at most half as high.",
    source: "this study",
    expected: {
      verdict: "holds",
      because:
        "a task that goes to the queue instead makes its worker call another, which then watches the timers",
    },
    margin: "p99 without the slot over p99 with it, K = 1, sleeps together, at most a half",
    needs: "Tokio with and without its slot, 50 probes, sleeps, K = 1",
    judge: (data) => {
      const at = { rearm: sleeping, blockers: 1 };
      const factor = factorOf(
        delaysAt(data, { ...withoutSlot, ...at }),
        delaysAt(data, { ...onTokio, ...at }),
        0.99,
      );
      return ofPool(publishedWorkers, data, atMost(factor, 0.5));
    },
  },
  {
    ...shown,
    id: "tokio-height-is-the-hold",
    statement:
      "At saturation p99 on Tokio is at most two blocks where blockers yield between them, and 4.5 to 5.2 blocks, all five, where they do not.",
    source: "this study",
    expected: {
      verdict: "holds",
      because:
        "a yield lets the timers fire and the tasks run; one long hold lets nothing through before its end",
    },
    margin: "p99 at K = W in blocks of 50 ms: yielding at most 2, contiguous from 4.5 to 5.2",
    needs: "Tokio with its slot, 50 probes, yield and contiguous, K = W",
    judge: (data) => {
      const at = { ...onTokio, blockers: mainWorkers(data) };
      return allOf({
        yield: atMost(inBlocks(data, { ...at, rearm: "yield" }), 2),
        contiguous: within(inBlocks(data, { ...at, rearm: "contiguous" }), 4.5, 5.2),
      });
    },
  },
  {
    ...shown,
    id: "tokio-published-height",
    statement: "With 500 tasks p99 on Tokio is two blocks or more at saturation though blockers yield.",
    source: "tokio",
    expected: {
      verdict: "holds",
      because:
        "queues of their own and the slot let blockers that have yielded overtake the tasks they delayed",
    },
    margin: "p99 at K = W in blocks of 50 ms, at least 2",
    needs: "Tokio with its slot, 500 probes, yield, K = W",
    judge: (data) => {
      const at = { ...onTokio, probes: 500, rearm: "yield", blockers: mainWorkers(data) } as const;
      return atLeast(inBlocks(data, at), 2);
    },
  },
  {
    ...shown,
    id: "tokio-height-from-slot",
    statement: "Without the slot for the task woken last, that height is at most four fifths.",
    source: "this study",
    expected: {
      verdict: "holds",
      because: "the yielding blocker is woken last, takes the slot, and runs first",
    },
    margin: "p99 without the slot over p99 with it, 500 tasks, K = W, at most 0.8",
    needs: "Tokio with and without its slot, 500 probes, yield, K = W",
    judge: (data) => {
      const at = { probes: 500, rearm: "yield", blockers: mainWorkers(data) } as const;
      return atMost(
        factorOf(delaysAt(data, { ...withoutSlot, ...at }), delaysAt(data, { ...onTokio, ...at }), 0.99),
        0.8,
      );
    },
  },
  {
    ...shown,
    id: "tokio-median-blind",
    statement: "Beside sustained blocks, Tokio's median at most doubles when every worker is blocked.",
    source: "tokio",
    expected: {
      verdict: "fails",
      because:
        "it is blind only where most sleeps come after the last block; beside endless blocks all of them wait",
    },
    margin: "p50 at K = W, sustained blocks, over p50 without blockers, at most 2",
    needs: "Tokio with its slot, 50 probes, yield, sustained, K = W",
    judge: (data) => {
      const blocked = { ...onTokio, span: "sustained", rearm: "yield", blockers: mainWorkers(data) } as const;
      const free = { ...onTokio, rearm: "yield", blockers: 0 } as const;
      return atMost(factorOf(delaysAt(data, blocked), delaysAt(data, free), 0.5), 2);
    },
  },
  ...(["run-queue", "piscina"] as const).map(
    (executor): Claim<TokioDelayData> => ({
      ...shown,
      id: `rearming-does-not-matter-${executor}`,
      statement: `One free worker keeps p99 on ${executor} below a quarter of a block, however blockers come back.`,
      source: "this study",
      expected: {
        verdict: "holds",
        because: "a thread outside the pool watches the timers and gives each task to a worker that is free",
      },
      margin: "p99 at K = W − 1, at most a quarter of a block, for each re-arming",
      needs: `${executor}, 50 probes, every re-arming, K = W − 1`,
      judge: (data) => {
        const at = { executor, lifoSlot: "none", blockers: mainWorkers(data) - 1 } as const;
        const judged = (rearm: DelayLevels["rearm"]) => atMost(inBlocks(data, { ...at, rearm }), 0.25);
        const rearmings = ["contiguous", "yield", ...sleeping] as const;
        return allOf(Object.fromEntries(rearmings.map((rearm) => [rearm, judged(rearm)])));
      },
    }),
  ),
];

function inBlocks(data: TokioDelayData, levels: DelayLevels): Estimate {
  return scaled(quantileOf(delaysAt(data, levels), 0.99), 1 / blockUs);
}
