import type { Schema } from "../../tables/schema.ts";
import { sweepResponse } from "../worker-count/experiment.ts";

/** What a run leaves: one row a sleep of a probe, or one a request. */
export const response = {
  ...sweepResponse,
  nodeVersion: { type: "category", unit: "", meaning: "version of Node.js that ran the pool" },
} as const satisfies Schema;
