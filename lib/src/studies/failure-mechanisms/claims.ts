import type { Claim } from "../../ledger/claim.ts";
import { allOf, atLeast, atMost, type Judgement } from "../../ledger/judge.ts";
import { cells } from "../../summary/cells.ts";
import { type Estimate, meanOf, shareOf } from "../../summary/estimate.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import { markedCounts } from "../../summary/marked-counts.ts";
import {
  duringArrivals,
  type MechanismData,
  type MechanismSample,
  mechanismFailure,
  querySlowdown,
} from "./analysis.ts";

const experiment = "failure-mechanisms";
const inCell = (cell: string) => ({ notebook: "06-failure-mechanisms", cell: `mechanisms-${cell}` });

/** What a host's data can say about the four ways in which starvation becomes an error. */
export const failureMechanismsClaims: readonly Claim<MechanismData>[] = [
  {
    id: "mechanisms-fail-at-saturation",
    statement:
      "Once blockers hold every worker, one operation in twenty or more times out, is rejected by a bounded channel, gets no connection or gives up a lock.",
    source: "tokio",
    expected: {
      verdict: "holds",
      because:
        "each holds its connection, lock or place in the channel for as long as its steps wait for a worker",
    },
    experiment,
    evidence: inCell("failures"),
    margin: "failure rate at K = W, of each mechanism, at least 0.05",
    needs: "all mechanisms, blockers on the shared pool, K = W",
    judge: (data) => each(data, "shared", mainWorkers(data), (estimate) => atLeast(estimate, 0.05)),
  },
  {
    id: "mechanisms-spared-by-one-worker",
    statement:
      "With one worker left free, at most one operation in fifty fails in each of the four mechanisms.",
    source: "tokio",
    expected: { verdict: "holds", because: "the free worker serves every step within a millisecond" },
    experiment,
    evidence: inCell("failures"),
    margin: "failure rate at K = W − 1, of each mechanism, at most 0.02",
    needs: "all mechanisms, blockers on the shared pool, K = W − 1",
    judge: (data) => each(data, "shared", mainWorkers(data) - 1, (estimate) => atMost(estimate, 0.02)),
  },
  {
    id: "mechanisms-cured-by-offloading",
    statement:
      "With the same blockers on a pool of their own, at most one operation in fifty fails in each of the four mechanisms.",
    source: "tokio",
    expected: { verdict: "holds", because: "a sleeping blocker takes a thread and no processor" },
    experiment,
    evidence: inCell("failures"),
    margin: "failure rate at K = W + 2, of each mechanism, at most 0.02",
    needs: "all mechanisms, blockers on an isolated pool, K = W + 2",
    judge: (data) => each(data, "isolated", mainWorkers(data) + 2, (estimate) => atMost(estimate, 0.02)),
  },
  {
    id: "mechanisms-database-healthy",
    statement:
      "While acquiring a connection times out, the database answers in at most twice its time beside offloaded blockers, and three of four connections or more sit idle in a transaction.",
    source: "this study",
    expected: {
      verdict: "holds",
      because: "the connections wait for their owners, who wait for a worker; the server has nothing to do",
    },
    experiment,
    evidence: inCell("health"),
    margin:
      "median of SELECT 1 at K = W + 2, shared over isolated, at most 2; idle in transaction, of 4 connections, on average at least 3",
    needs: "connection-pool, K = W + 2 on either pool",
    judge: (data) => {
      const blockers = mainWorkers(data) + 2;
      return allOf({
        "SELECT 1": atMost(querySlowdown(data, blockers), 2),
        "idle in transaction": atLeast(meanOf(idleConnections(data, blockers)), 3),
      });
    },
  },
  {
    id: "mechanisms-false-timeouts",
    statement: "Of the operations that time out, one in a hundred or more had done its work in time.",
    source: "this study",
    expected: {
      verdict: "fails",
      because: "timer and answer meet on the main thread, which nobody blocks: the answer is not held up",
    },
    experiment,
    evidence: inCell("failures"),
    margin: "false time-outs among the time-outs at K ≥ W, at least 0.01",
    needs: "time-out, blockers on the shared pool, K = W and W + 2",
    judge: (data) => atLeast(falseShare(data), 0.01),
  },
];

const mechanisms = ["time-out", "bounded-channel", "connection-pool", "mutex"] as const;

function each(
  data: MechanismData,
  placement: MechanismSample["placement"],
  blockers: number,
  judge: (estimate: Estimate) => Judgement,
): Judgement {
  const one = (mechanism: MechanismSample["mechanism"]) =>
    judge(mechanismFailure(data, { mechanism, placement, blockers }));
  return allOf(Object.fromEntries(mechanisms.map((mechanism) => [mechanism, one(mechanism)])));
}

function idleConnections(data: MechanismData, blockers: number) {
  const where = { mechanism: "connection-pool", kind: "check", placement: "shared", blockers } as const;
  return cells(duringArrivals(data), { value: "idleInTransaction", by: [], where })[0]?.byRun ?? [];
}

function falseShare(data: MechanismData): Estimate {
  const workers = mainWorkers(data);
  const where = {
    mechanism: "time-out",
    placement: "shared",
    blockers: [workers, workers + 2],
    outcome: "timed-out",
  } as const;
  const [counts] = markedCounts(data, { by: [], where }, ({ falseTimeout }) => falseTimeout === true);
  return shareOf(counts?.marked ?? [], counts?.all ?? []);
}
