import { sum } from "simple-statistics";
import type { ExecutorName } from "../../executor/executors.ts";
import type { Claim } from "../../ledger/claim.ts";
import { allOf, atLeast, atMost, within } from "../../ledger/judge.ts";
import { type FailureKnee, failureKnee } from "../../stats/failure-knee.ts";
import { cells } from "../../summary/cells.ts";
import { confidenceLevel } from "../../summary/confidence-level.ts";
import {
  crossingOf,
  type Estimate,
  factorOf,
  missing,
  type Runs,
  ratioOf,
  scaled,
  shareOf,
} from "../../summary/estimate.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import { failureCounts, type RequestLevels, type RequestTimeoutsData } from "./analysis.ts";

type LoadName = "closed-loop" | "open-loop";

/** Where one in twenty requests fails (onset) and where half of them do (midpoint), in clients. */
export function kneeOf(data: RequestTimeoutsData, executor: ExecutorName, load: LoadName): FailureKnee {
  const levels = countsBy(data, { executor, load }).map(({ cell, failures, requests }) => ({
    at: cell.levels.clients,
    failures,
    requests,
  }));
  return failureKnee(levels, confidenceLevel());
}

/** Estimates the share of requests that fail, with this many clients in the closed loop. */
export function failureShare(data: RequestTimeoutsData, clients: number, levels: RequestLevels): Estimate {
  const [counts] = countsBy(data, { load: "closed-loop", clients, ...levels });
  return counts ? shareOf(counts.failures, counts.requests) : missing;
}

function countsBy(data: RequestTimeoutsData, levels: RequestLevels) {
  return failureCounts(data, { by: ["clients"], where: { workers: mainWorkers(data), ...levels } });
}

const experiment = "request-timeouts";
const inCell = (cell: string) => ({ notebook: "02-request-timeouts", cell: `request-timeouts-${cell}` });
const shared = { executor: "run-queue" } as const;

function valuesOf(
  data: RequestTimeoutsData,
  value: "latencyNs" | "metBlockedWorker" | "falseTimeout",
  clients: number,
): Runs {
  const where = { ...shared, clients, load: "closed-loop", workers: mainWorkers(data) } as const;
  return cells(data, { value, by: [], where })[0]?.byRun ?? [];
}

function shareWith(
  data: RequestTimeoutsData,
  truth: "metBlockedWorker" | "falseTimeout",
  clients: number,
): Estimate {
  const values = valuesOf(data, truth, clients);
  return shareOf(
    values.map((ofRun) => sum(Array.from(ofRun))),
    values.map(({ length }) => length),
  );
}

/** How many requests fail, which ones, and what tells of it first. */
export const failureClaims: readonly Claim<RequestTimeoutsData>[] = [
  {
    id: "no-failures-at-15",
    statement: "With 15 clients on 4 workers, at most one request in a hundred fails on the run queue.",
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
    statement: "With 50 clients on 4 workers, nine requests in ten or more fail on the run queue.",
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
    statement:
      "With 30 clients, requests that never blocked fail as often as those that did, to within a quarter.",
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
    statement:
      "With 15 clients the median latency has doubled or more, while at most one request in a hundred fails.",
    source: "this study",
    expected: { verdict: "holds", because: "requests wait behind blocks long before they miss the deadline" },
    experiment,
    evidence: inCell("latencies"),
    margin: "with 15 clients, p50 at least twice that of 1 client, failure rate at most 1 %",
    needs: "closed loop, 1 and 15 clients",
    judge: (data) =>
      allOf({
        latency: atLeast(factorOf(valuesOf(data, "latencyNs", 15), valuesOf(data, "latencyNs", 1), 0.5), 2),
        failures: atMost(failureShare(data, 15, shared), 0.01),
      }),
  },
  {
    id: "pool-full-before-failures",
    statement:
      "With 15 clients half of the requests or more have waited behind a fully blocked pool, while at most one in a hundred fails.",
    source: "this study",
    expected: { verdict: "holds", because: "the failure rate sees only what crosses the deadline" },
    experiment,
    evidence: inCell("rates"),
    margin: "with 15 clients, at least 50 % met a blocked pool, failure rate at most 1 %",
    needs: "closed loop, 15 clients",
    judge: (data) =>
      allOf({
        "met a blocked pool": atLeast(shareWith(data, "metBlockedWorker", 15), 0.5),
        failures: atMost(failureShare(data, 15, shared), 0.01),
      }),
  },
  {
    id: "false-time-outs-rare",
    statement:
      "With 30 clients on the run queue, at most one request in a hundred times out although its work was done in time.",
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

const evidence = { notebook: "02-request-timeouts", cell: "request-timeouts-rates" };
const sweep = "closed loop, numbers of clients on both sides of the knee";

function perWorker(data: RequestTimeoutsData, executor: ExecutorName, point: "onset" | "midpoint"): Estimate {
  return scaled(crossingOf(kneeOf(data, executor, "closed-loop")[point]), 1 / mainWorkers(data));
}

function onset(data: RequestTimeoutsData, executor: ExecutorName, load: LoadName = "closed-loop"): Estimate {
  return crossingOf(kneeOf(data, executor, load).onset);
}

/** From how many clients on requests fail. */
export const kneeClaims: readonly Claim<RequestTimeoutsData>[] = [
  {
    id: "published-knee",
    statement:
      "On the run queue, one request in twenty fails at 4 to 6 clients a worker; on Tokio it was published at 5.",
    source: "tokio",
    expected: {
      verdict: "holds",
      because: "the same work meets the same number of workers in the same order",
    },
    experiment,
    evidence,
    margin: "clients a worker at which 5 % fail, from 4 to 6 (published: 5)",
    needs: sweep,
    judge: (data) => within(perWorker(data, "run-queue", "onset"), 4, 6),
  },
  {
    id: "published-half",
    statement:
      "On the run queue, half of the requests fail at 7.5 to 10 clients a worker, between which it was published of Tokio.",
    source: "tokio",
    expected: {
      verdict: "fails",
      because: "one first-in-first-out queue delays everybody alike, local queues let some requests through",
    },
    experiment,
    evidence,
    margin: "clients a worker at which 50 % fail, from 7.5 to 10, between which it was published",
    needs: sweep,
    judge: (data) => within(perWorker(data, "run-queue", "midpoint"), 7.5, 10),
  },
  {
    id: "pinned-knee-first",
    statement: "Pinned tasks fail from at most four fifths as many clients on as tasks on the run queue.",
    source: "this study",
    expected: { verdict: "holds", because: "nothing levels out whose blocking clients share a worker" },
    experiment,
    evidence,
    margin: "onset (5 % fail) on pinned over onset on run-queue, at most 0.8",
    needs: sweep,
    judge: (data) => atMost(ratioOf(onset(data, "pinned"), onset(data, "run-queue")), 0.8),
  },
  {
    id: "dispatcher-same-knee",
    statement:
      "Behind a central dispatcher requests begin to fail where they do on the run queue, to within a quarter.",
    source: "this study",
    expected: {
      verdict: "holds",
      because: "both are work-conserving, and a message is short beside a block",
    },
    experiment,
    evidence,
    margin: "onset (5 % fail) on piscina over onset on run-queue, from 0.8 to 1.25",
    needs: sweep,
    judge: (data) => within(ratioOf(onset(data, "piscina"), onset(data, "run-queue")), 0.8, 1.25),
  },
  {
    id: "open-loop-sooner",
    statement:
      "In the open loop requests on the run queue fail from half as many clients on as in the closed loop, or fewer.",
    source: "this study",
    expected: { verdict: "holds", because: "a closed loop slows down with the pool and so relieves it" },
    experiment,
    evidence,
    margin: "onset in the open loop over onset in the closed loop on run-queue, at most 0.5",
    needs: "closed and open loop, numbers of clients on both sides of both knees",
    judge: (data) => atMost(ratioOf(onset(data, "run-queue", "open-loop"), onset(data, "run-queue")), 0.5),
  },
];
