import type { Schema } from "../../src/tables/schema.ts";

/** What a run leaves: one row a probe. */
export const response = {
  dueNs: { type: "int64", unit: "ns", meaning: "when the probe was to begin, since the run's origin" },
  dispatchNs: { type: "int64", unit: "ns", meaning: "handed to the pool − due" },
  delayNs: { type: "int64", unit: "ns", meaning: "started on a worker − due" },
} as const satisfies Schema;
