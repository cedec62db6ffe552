import type { Claim } from "../../ledger/claim.ts";
import { allOf, atLeast, atMost } from "../../ledger/judge.ts";
import { failureOf, goodputRatio, lastSecondSuccess, runsOf, type ServiceData } from "./analysis.ts";
import type { ServiceScenario } from "./experiment.ts";

const evidence = (cell: string) => ({ notebook: "14-http-service", cell });
const shared = { source: "this study", experiment: "http-service" } as const;

type Treatment = ServiceScenario["treatment"];

const closed = (treatment: Treatment, connections: number) =>
  ({ load: "closed-loop", treatment, connections }) as const;
const burst = (treatment: Treatment) => ({ load: "burst", treatment, retries: 2 }) as const;

/** What the study says of a web service whose requests block its pool. */
export const httpServiceClaims: readonly Claim<ServiceData>[] = [
  {
    ...shared,
    id: "http-service-collapse",
    statement:
      "A service that answers nine requests in ten or more of eight connections in time fails half or more of those of thirty.",
    expected: {
      verdict: "holds",
      because: "beyond the knee, requests that timed out still take their worker, and the backlog only grows",
    },
    evidence: evidence("http-service-rates"),
    margin: "as is, closed loop: failure rate at most 0.1 at 8 connections and at least 0.5 at 30",
    needs: "as-is at 8 and 30 connections in closed loop, 5 runs each",
    judge: (data) =>
      allOf({
        "30 connections": atLeast(failureOf(runsOf(data, closed("as-is", 30))), 0.5),
        "8 connections": atMost(failureOf(runsOf(data, closed("as-is", 8))), 0.1),
      }),
  },
  {
    ...shared,
    id: "http-service-bystanders",
    source: "tokio",
    statement:
      "When the service collapses at 30 connections, half or more of the requests that never block fail too.",
    expected: { verdict: "holds", because: "both wait in one queue, whose wait alone exceeds the deadline" },
    evidence: evidence("http-service-rates"),
    margin: "as is, closed loop, 30 connections: failure rate of the plain path at least 0.5",
    needs: "as-is at 30 connections in closed loop, 5 runs",
    judge: (data) => atLeast(failureOf(runsOf(data, closed("as-is", 30)), false), 0.5),
  },
  {
    ...shared,
    id: "http-service-abort",
    statement:
      "At 50 connections, aborting queued tasks at the deadline multiplies the goodput by three or more.",
    expected: { verdict: "holds", because: "workers then serve only requests that somebody still waits for" },
    evidence: evidence("http-service-rates"),
    margin: "closed loop, 50 connections: goodput with aborts over goodput as is, at least 3",
    needs: "as-is and abort-queued at 50 connections in closed loop, 5 runs each",
    judge: (data) =>
      atLeast(goodputRatio(runsOf(data, closed("abort-queued", 50)), runsOf(data, closed("as-is", 50))), 3),
  },
  {
    ...shared,
    id: "http-service-order",
    statement:
      "At 50 connections, skipping expired requests in the order of arrival brings 0.95 of the goodput of aborting them or more.",
    expected: {
      verdict: "fails",
      because:
        "in order of arrival a request is served with its deadline almost used up; Piscina serves tasks with a signal newest first",
    },
    evidence: evidence("http-service-rates"),
    margin: "closed loop, 50 connections: goodput with skipping over goodput with aborts, at least 0.95",
    needs: "skip-expired and abort-queued at 50 connections in closed loop, 5 runs each",
    judge: (data) =>
      atLeast(
        goodputRatio(runsOf(data, closed("skip-expired", 50)), runsOf(data, closed("abort-queued", 50))),
        0.95,
      ),
  },
  {
    ...shared,
    id: "http-service-metastable",
    statement:
      "With clients that retry, a service answers at most one request in ten two seconds after a burst; with aborts nine in ten or more.",
    expected: {
      verdict: "holds",
      because: "as is, low load × 3 attempts exceeds what the workers can do, while alone it does not",
    },
    evidence: evidence("http-service-recovery"),
    margin:
      "two retries: of the last second's requests, from 2 s after the burst, at most 0.1 succeed as is and at least 0.9 with aborts",
    needs: "bursts with 2 retries, as-is and abort-queued, 5 runs each",
    judge: (data) =>
      allOf({
        "as is": atMost(lastSecondSuccess(runsOf(data, burst("as-is"))), 0.1),
        aborts: atLeast(lastSecondSuccess(runsOf(data, burst("abort-queued"))), 0.9),
      }),
  },
];
