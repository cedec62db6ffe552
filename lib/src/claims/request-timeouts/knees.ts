import { type Estimate, missing, scaled } from "../../analysis/estimate.ts";
import { mainWorkers } from "../../analysis/main-workers.ts";
import type { LogisticKnee } from "../../stats/logistic-knee.ts";
import type { Dataset } from "../../tables/load.ts";
import type { Claim } from "../claim.ts";
import { atMost, within } from "../judge.ts";
import { failureKnee, ratioOf } from "./knee.ts";

const experiment = "request-timeouts";
const evidence = { notebook: "02-request-timeouts", cell: "request-timeouts-rates" };
const sweep = "closed loop, numbers of clients on both sides of the knee";

function perWorker(data: Dataset, executor: string, point: "onset" | "midpoint"): Estimate {
  const clients = failureKnee(data, executor, "closed-loop")?.[point];
  return clients ? scaled(clients, 1 / mainWorkers(data)) : missing;
}

function onset(data: Dataset, executor: string, load = "closed-loop"): LogisticKnee["onset"] {
  return failureKnee(data, executor, load)?.onset ?? null;
}

/** From how many clients on requests fail. */
export const kneeClaims: readonly Claim[] = [
  {
    id: "published-knee",
    statement: "On a shared queue, one request in twenty fails at as many clients a worker as on Tokio.",
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
    statement: "On a shared queue, half of the requests fail at as many clients a worker as on Tokio.",
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
    statement: "Pinned tasks fail from fewer clients on than tasks on a shared queue.",
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
    statement: "A central dispatcher bends where the shared queue bends.",
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
    statement: "In the open loop requests fail from half as many clients on as in the closed loop.",
    source: "this study",
    expected: { verdict: "holds", because: "a closed loop slows down with the pool and so relieves it" },
    experiment,
    evidence,
    margin: "onset in the open loop over onset in the closed loop on run-queue, at most 0.5",
    needs: "closed and open loop, numbers of clients on both sides of both knees",
    judge: (data) => atMost(ratioOf(onset(data, "run-queue", "open-loop"), onset(data, "run-queue")), 0.5),
  },
];
