import { cells } from "../../analysis/cells.ts";
import { type Estimate, factorOf, type Runs, shareOf } from "../../analysis/estimate.ts";
import { mainWorkers } from "../../analysis/main-workers.ts";
import type { Dataset } from "../../tables/load.ts";
import type { Claim } from "../claim.ts";
import { allOf, atLeast, atMost, within } from "../judge.ts";
import { failureShare, ratioOf } from "./knee.ts";

const experiment = "request-timeouts";
const inCell = (cell: string) => ({ notebook: "02-request-timeouts", cell: `request-timeouts-${cell}` });
const shared = { executor: "run-queue" };

function valuesOf(data: Dataset, value: string, clients: number): Runs {
  const where = { ...shared, clients, load: "closed-loop", workers: mainWorkers(data) };
  return cells(data, { value, by: [], where })[0]?.byRun ?? [];
}

function shareWith(data: Dataset, truth: string, clients: number): Estimate {
  const values = valuesOf(data, truth, clients);
  return shareOf(
    values.map((ofRun) => ofRun.reduce((sum, value) => sum + value, 0)),
    values.map(({ length }) => length),
  );
}

/** How many requests fail, which ones, and what tells of it first. */
export const failureClaims: readonly Claim[] = [
  {
    id: "no-failures-at-15",
    statement: "With 15 clients on 4 workers, hardly a request fails on a shared queue.",
    source: "tokio",
    expected: { verdict: "holds", because: "the deadline has room for two blocks in the queue" },
    experiment,
    evidence: inCell("rates"),
    margin: "failure rate, at most 1 % (published: 0 %)",
    needs: "closed loop, 15 clients, 4 workers",
    judge: (data) => atMost(failureShare(data, 15, { ...shared, workers: 4 }), 0.01),
  },
  {
    id: "collapse-at-50",
    statement: "With 50 clients on 4 workers, nine requests in ten fail on a shared queue.",
    source: "tokio",
    expected: { verdict: "holds", because: "the queue alone is several deadlines long" },
    experiment,
    evidence: inCell("rates"),
    margin: "failure rate, at least 90 % (published: 93.8 %)",
    needs: "closed loop, 50 clients, 4 workers",
    judge: (data) => atLeast(failureShare(data, 50, { ...shared, workers: 4 }), 0.9),
  },
  {
    id: "bystanders-fail-alike",
    statement: "Requests that never blocked fail as often as those that did.",
    source: "this study",
    expected: {
      verdict: "holds",
      because: "a request blocks before its timer starts, and all wait in one queue",
    },
    experiment,
    evidence: inCell("who"),
    margin: "failure rate of bystanders over that of culprits with 30 clients, from 0.8 to 1.25",
    needs: "closed loop, 30 clients",
    judge(data) {
      const rate = (blocking: boolean) => failureShare(data, 30, { ...shared, blocking });
      return within(ratioOf(rate(false), rate(true)), 0.8, 1.25);
    },
  },
  {
    id: "latency-warns-first",
    statement: "The median latency has multiplied while hardly a request fails.",
    source: "this study",
    expected: { verdict: "holds", because: "requests wait behind blocks long before they miss the deadline" },
    experiment,
    evidence: inCell("latencies"),
    margin: "with 15 clients, p50 at least twice that of 1 client, failure rate at most 1 %",
    needs: "closed loop, 1 and 15 clients",
    judge: (data) =>
      allOf(
        atLeast(factorOf(valuesOf(data, "latencyNs", 15), valuesOf(data, "latencyNs", 1), 0.5), 2),
        atMost(failureShare(data, 15, shared), 0.01),
      ),
  },
  {
    id: "pool-full-before-failures",
    statement: "While hardly a request fails, most requests have already waited behind a fully blocked pool.",
    source: "this study",
    expected: { verdict: "holds", because: "the failure rate sees only what crosses the deadline" },
    experiment,
    evidence: inCell("rates"),
    margin: "with 15 clients, at least 50 % met a blocked pool, failure rate at most 1 %",
    needs: "closed loop, 15 clients",
    judge: (data) =>
      allOf(
        atLeast(shareWith(data, "metBlockedWorker", 15), 0.5),
        atMost(failureShare(data, 15, shared), 0.01),
      ),
  },
  {
    id: "false-time-outs-rare",
    statement: "Few requests time out although their work was done in time.",
    source: "this study",
    expected: {
      verdict: "holds",
      because: "clients keep their time outside the pool, on a thread that no block holds",
    },
    experiment,
    evidence: inCell("rates"),
    margin: "with 30 clients on run-queue, at most 1 % of the requests",
    needs: "closed loop, 30 clients",
    judge: (data) => atMost(shareWith(data, "falseTimeout", 30), 0.01),
  },
];
