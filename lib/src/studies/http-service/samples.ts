import type { ColumnsOf, Schema } from "../../tables/schema.ts";
import type { Attempt } from "./load-plan.ts";
import type { ServiceRecord } from "./service.ts";

/** What a row of samples says: one attempt of one request, timed by the load generator, then by the server. */
export const response = {
  request: { type: "uint32", unit: "1", meaning: "number of the request; its retries share it" },
  attempt: { type: "uint8", unit: "1", meaning: "0 for the first attempt, then retries" },
  blocking: { type: "bool", unit: "", meaning: "took the path that holds a worker for 50 ms" },
  beganUs: {
    type: "uint32",
    unit: "µs",
    meaning:
      "start since the load began: the intended start of a first attempt at a fixed rate, else the send",
  },
  lateUs: {
    type: "int32",
    unit: "µs",
    meaning: "how late the load generator sent it: actual − intended start; null without an intended start",
    nullable: true,
  },
  latencyUs: { type: "uint32", unit: "µs", meaning: "answer − start, whatever the answer" },
  outcome: {
    type: "category",
    unit: "",
    meaning: "completed (200), timed-out (504 at the deadline) or failed (any other end)",
  },
  waitUs: {
    type: "uint32",
    unit: "µs",
    meaning: "started by a worker − handed to the pool, answered or not; null if no worker had started it",
    nullable: true,
  },
  heldUs: {
    type: "uint32",
    unit: "µs",
    meaning: "how long it held its worker; null if no worker had finished it",
    nullable: true,
  },
  falseTimeout: {
    type: "bool",
    unit: "",
    meaning: "timed out although its work had ended within the deadline: the timer won",
  },
} as const satisfies Schema;

/** Joins what the load generator and the server know of each attempt, in the order of sending. */
export function serviceSamples(
  attempts: readonly Attempt[],
  records: ReadonlyMap<number, ServiceRecord>,
  deadlineMs: number,
): ColumnsOf<typeof response> {
  const rows = attempts
    .toSorted((a, b) => a.sent - b.sent)
    .map((attempt) => ({ attempt, outcome: outcomeOf(attempt), ...timesOf(records.get(attempt.sent)) }));
  return {
    request: Uint32Array.from(rows, ({ attempt }) => attempt.request),
    attempt: Uint8Array.from(rows, ({ attempt }) => attempt.attempt),
    blocking: rows.map(({ attempt }) => attempt.blocking),
    beganUs: Uint32Array.from(rows, ({ attempt }) => attempt.beganUs),
    lateUs: rows.map(({ attempt }) => attempt.lateUs),
    latencyUs: Uint32Array.from(rows, ({ attempt }) => attempt.latencyUs),
    outcome: rows.map(({ outcome }) => outcome),
    waitUs: rows.map(({ waitUs }) => waitUs),
    heldUs: rows.map(({ heldUs }) => heldUs),
    falseTimeout: rows.map(
      ({ outcome, insideUs }) =>
        outcome === "timed-out" && insideUs !== null && insideUs <= deadlineMs * 1000,
    ),
  };
}

function outcomeOf({ status }: Attempt): "completed" | "timed-out" | "failed" {
  if (status === 200) return "completed";
  return status === 504 ? "timed-out" : "failed";
}

function timesOf(record: ServiceRecord | undefined) {
  const between = (from: number | null | undefined, to: number | null | undefined) =>
    typeof from === "number" && typeof to === "number" ? Math.round((to - from) / 1000) : null;
  return {
    waitUs: between(record?.handedNs, record?.startedNs),
    heldUs: between(record?.startedNs, record?.endedNs),
    insideUs: between(record?.receivedNs, record?.endedNs),
  };
}
