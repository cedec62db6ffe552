import type { Claim } from "../../ledger/claim.ts";
import { atLeast, atMost, within } from "../../ledger/judge.ts";
import { factorOf, quantileOf, scaled } from "../../summary/estimate.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import { type TokioSuspensionConvoyData, timesAt } from "./analysis.ts";

const shown = {
  experiment: "tokio-suspension-convoy",
  evidence: { notebook: "18-tokio", cell: "tokio-suspension-table" },
} as const;
const blockNs = 50e6;

/** What a host's data can say about waiting for a channel under a lock on Tokio. */
export const tokioSuspensionConvoyClaims: readonly Claim<TokioSuspensionConvoyData>[] = [
  {
    ...shown,
    id: "tokio-suspension-lengthens-hold",
    statement:
      "On Tokio sending under the lock makes the coordinator's median hold ten times longer or more, with no blocker at all.",
    source: "tokio",
    expected: {
      verdict: "holds",
      because: "it waits for the consumer under the lock, a millisecond an event",
    },
    margin: "median hold, sending under the lock over giving it back first, K = 0, at least 10",
    needs: "both variants, no blockers",
    judge: (data) => {
      const holds = (variant: "bad" | "good") => timesAt(data, "holdNs", { variant, blockers: 0 });
      return atLeast(factorOf(holds("bad"), holds("good"), 0.5), 10);
    },
  },
  {
    ...shown,
    id: "tokio-suspension-good-at-saturation",
    statement:
      "Who gives the lock back before it sends holds it for a tenth of a block at most, 99 times in a hundred, even where every worker is blocked.",
    source: "this study",
    expected: {
      verdict: "holds",
      because: "taking, deriving and giving back are one poll, which no blocker can enter",
    },
    margin: "p99 of the hold at K = W, at most a tenth of a block",
    needs: "giving the lock back first, yield, K = W",
    judge: (data) => {
      const holds = timesAt(data, "holdNs", { variant: "good", blockers: mainWorkers(data) });
      return atMost(scaled(quantileOf(holds, 0.99), 1 / blockNs), 0.1);
    },
  },
  {
    ...shown,
    id: "tokio-suspension-does-not-save-events",
    statement: "At saturation the median event on Tokio is as late either way, to within half.",
    source: "this study",
    expected: {
      verdict: "holds",
      because: "one consumer, one wait for a worker an event: the lock is not what they wait for",
    },
    margin:
      "median age of events at K = W, giving the lock back first over sending under it, from 0.67 to 1.5",
    needs: "both variants, yield, K = W",
    judge: (data) => {
      const ages = (variant: "bad" | "good") =>
        timesAt(data, "latencyNs", { variant, blockers: mainWorkers(data) });
      return within(factorOf(ages("good"), ages("bad"), 0.5), 0.67, 1.5);
    },
  },
];
