import type { Claim } from "../../ledger/claim.ts";
import { allOf, atLeast, atMost, within } from "../../ledger/judge.ts";
import { besideFreeWorker } from "../../ledger/of-pool.ts";
import { cells } from "../../summary/cells.ts";
import { factorOf, meanFactorOf, type Runs } from "../../summary/estimate.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import { runRates, type SuspensionConvoyData } from "./analysis.ts";
import type { SuspensionConvoyScenario } from "./run.ts";

type Variant = SuspensionConvoyScenario["variant"];

const notebook = "09-suspension-convoy";
const experiment = "suspension-convoy";

/** What a host's data can say about waiting for a channel with a lock in hand. */
export const suspensionConvoyClaims: readonly Claim<SuspensionConvoyData>[] = [
  {
    id: "suspension-convoy-hold",
    statement:
      "Sending under the lock makes the coordinator's hold ten times longer or more, without any blocker.",
    source: "tokio",
    expected: {
      verdict: "holds",
      because: "the hold then contains the consumer's milliseconds; without them it is microseconds",
    },
    experiment,
    evidence: { notebook, cell: "suspension-convoy-holds" },
    margin: "mean lock hold of the coordinator at K = 0: bad over good at least 10",
    needs: "run-queue, streams, both variants, K = 0",
    judge: (data) => atLeast(meanFactorOf(holds(data, "bad", 0), holds(data, "good", 0)), 10),
  },
  {
    id: "suspension-convoy-blockers",
    statement:
      "With one worker left free the bad variant's hold at most doubles; once every worker is held it is five times as long or longer, and a hundred times that of the good variant.",
    source: "this study",
    expected: {
      verdict: "holds",
      because:
        "with a free worker each wake-up costs microseconds beside the consumer's millisecond; at saturation each send waits for a blocker to yield, and only the bad variant does so under the lock",
    },
    experiment,
    evidence: { notebook, cell: "suspension-convoy-holds" },
    margin:
      "median hold, bad: K = W − 1 over K = 0 at most 2, K = W over K = 0 at least 5; p90 hold at K = W: bad over good at least 100",
    needs: "run-queue, streams, both variants, K = 0, W − 1 and W",
    judge: (data) => {
      const workers = mainWorkers(data);
      const calm = holds(data, "bad", 0);
      const saturated = holds(data, "bad", workers);
      return allOf({
        "bad at K = W − 1": besideFreeWorker(
          data,
          atMost(factorOf(holds(data, "bad", workers - 1), calm, 0.5), 2),
        ),
        "bad at K = W": atLeast(factorOf(saturated, calm, 0.5), 5),
        "bad over good at K = W": atLeast(factorOf(saturated, holds(data, "good", workers), 0.9), 100),
      });
    },
  },
  {
    id: "suspension-convoy-capacity",
    statement:
      "A state that is locked during a suspension takes a quarter as many entries where the suspension is four times as long (0.22 to 0.3).",
    source: "tokio",
    expected: {
      verdict: "holds",
      because: "a lock serves one at a time: 1 / (hold + suspension), and the hold is small beside it",
    },
    experiment,
    evidence: { notebook, cell: "suspension-convoy-capacities" },
    margin:
      "entries a second by others in the bad variant: 20 ms over 5 ms of consumption, from 0.22 to 0.3 (law: 0.25)",
    needs: "run-queue, saturating, bad variant, consumer times 5 and 20 ms",
    judge: (data) => within(meanFactorOf(entries(data, "bad", 20), entries(data, "bad", 5)), 0.22, 0.3),
  },
  {
    id: "suspension-convoy-flat",
    statement:
      "Where the lock is given back before the suspension, the state takes as many entries at 20 ms as at 2 ms, to within half, and the coordinator as many messages as with the lock held, to within a tenth.",
    source: "this study",
    expected: {
      verdict: "holds",
      because:
        "nobody waits under the lock any more, but a channel of capacity 1 takes one event per consumption, whoever sends it",
    },
    experiment,
    evidence: { notebook, cell: "suspension-convoy-capacities" },
    margin:
      "good variant: entries a second at 20 ms over 2 ms from 0.67 to 1.5; messages a second at 20 ms, good over bad, from 0.9 to 1.1",
    needs: "run-queue, saturating, both variants, consumer times 2 and 20 ms",
    judge: (data) =>
      allOf({
        entries: within(meanFactorOf(entries(data, "good", 20), entries(data, "good", 2)), 0.67, 1.5),
        messages: within(meanFactorOf(messages(data, "good"), messages(data, "bad")), 0.9, 1.1),
      }),
  },
];

function holds(data: SuspensionConvoyData, variant: Variant, blockers: number): Runs {
  const where = { row: "message", load: "streams", executor: "run-queue", variant, blockers } as const;
  return cells(data, { value: "holdNs", by: [], where })[0]?.byRun ?? [];
}

function entries(data: SuspensionConvoyData, variant: Variant, consumeMs: number): Runs {
  const where = { load: "saturating", variant, consumeUs: consumeMs * 1000 } as const;
  return runRates(data, "entries", { by: [], where })[0]?.byRun ?? [];
}

function messages(data: SuspensionConvoyData, variant: Variant): Runs {
  const where = { load: "saturating", variant, consumeUs: 20_000 } as const;
  return runRates(data, "messages", { by: [], where })[0]?.byRun ?? [];
}
