import type { Schema } from "../../tables/schema.ts";

const duration = (meaning: string) => ({ type: "int64", unit: "ns", meaning, nullable: true }) as const;

/** One row a message, a consumed event or an enrichment. */
export const response = {
  row: {
    type: "category",
    unit: "",
    meaning: "message: handled by the coordinator; event: consumed; enrichment: came back to the state",
  },
  stream: { type: "uint8", unit: "1", meaning: "stream of the message" },
  number: { type: "uint16", unit: "1", meaning: "number of the message within its stream" },
  lockWaitNs: duration("request of the state's lock until the task runs with it; null for events"),
  handOverNs: duration(
    "last part of the lock wait: the lock is there for the task, which waits for a worker",
  ),
  holdNs: duration("the task runs with the lock until it gives it back; null for events"),
  sendNs: duration(
    "first send to the end of the last one, under the lock or after it; null but for messages",
  ),
  latencyNs: duration("intended sending of the message to the end of the event's consumption"),
} as const satisfies Schema;
