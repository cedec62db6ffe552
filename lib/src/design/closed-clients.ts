import type { TaskSpec } from "../workload/programs.ts";
import { range } from "./design-parts.ts";

/** The published parameters: 30 % of requests block 50 ms, then 10 × 1 ms of sleep under a 100 ms time-out. */
export const blockingRequest = {
  blockingShare: 0.3,
  blockMs: 50,
  sleeps: 10,
  sleepMs: 1,
  timeoutMs: 100,
} as const;

/** Requests of each client. */
export const requestsPerClient = 20;

/** Mean time of a request on an idle pool: what a closed-loop client would keep, and an open-loop one does. */
export const requestPeriodMs =
  blockingRequest.blockingShare * blockingRequest.blockMs + blockingRequest.sleeps * blockingRequest.sleepMs;

/** Specifies clients that send their next request when the last one has ended, out of step with each other. */
export function closedClients(clients: number, random: () => number): TaskSpec[] {
  return range(0, clients - 1).map((client) => ({
    program: "client",
    parameters: {
      ...blockingRequest,
      client,
      requests: requestsPerClient,
      startMs: random() * requestPeriodMs,
    },
  }));
}
