import type { Schema } from "../../tables/schema.ts";

/** One row a measured sleep of a probe, and one a hold of a blocker. */
export const response = {
  source: { type: "category", unit: "", meaning: "probe or blocker" },
  overheadUs: { type: "int32", unit: "µs", meaning: "actual − requested sleep: started − due" },
  heldUs: { type: "int32", unit: "µs", meaning: "ended − started: how long the poll held its worker" },
} as const satisfies Schema;
