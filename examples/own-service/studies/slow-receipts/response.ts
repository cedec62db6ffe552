import type { Schema } from "scheduling-safety/measure";

/** What a run leaves: one row a request. */
export const response = {
  kind: { type: "category", unit: "", meaning: "price or receipt" },
  dueNs: { type: "int64", unit: "ns", meaning: "when the request was to be sent, since the run's origin" },
  dispatchNs: { type: "int64", unit: "ns", meaning: "sent − due" },
  delayNs: { type: "int64", unit: "ns", meaning: "answered − due" },
  status: { type: "uint16", unit: "", meaning: "HTTP status of the answer" },
} as const satisfies Schema;
