import type { Schema } from "../../tables/schema.ts";

const duration = <const Meaning extends string>(meaning: Meaning) =>
  ({ type: "int64", unit: "ns", meaning, nullable: true }) as const;

/** What a run leaves: one row a message, an event or an enrichment, and one that counts. */
export const response = {
  row: {
    type: "category",
    unit: "",
    meaning:
      "message: handled by the coordinator; event: consumed; enrichment: came back to the state; total: one a run",
  },
  stream: { type: "uint8", unit: "1", meaning: "stream of the message; null for a total", nullable: true },
  number: {
    type: "uint16",
    unit: "1",
    meaning: "number of the message within its stream; null for a total",
    nullable: true,
  },
  lockWaitNs: duration("request of the state's lock until the task runs with it; null for events and totals"),
  handOverNs: duration(
    "last part of the lock wait: the lock is there for the task, which waits for a worker",
  ),
  holdNs: duration("the task runs with the lock until it gives it back; null for events and totals"),
  sendNs: duration(
    "first send to the end of the last one, under the lock or after it; null but for messages",
  ),
  latencyNs: duration("intended sending of the message to the end of the event's consumption"),
  messages: {
    type: "uint32",
    unit: "1",
    meaning: "messages handled in the span of a total",
    nullable: true,
  },
  entries: {
    type: "uint32",
    unit: "1",
    meaning: "entries of the state by its other user in the span of a total",
    nullable: true,
  },
  spanNs: duration("end of the coordinator's first message to the end of its last; null but for totals"),
} as const satisfies Schema;
