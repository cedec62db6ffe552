import type { Schema } from "../../tables/schema.ts";

/** One row a measured sleep of a probe, and one a block of a blocker. */
export const response = {
  source: { type: "category", unit: "", meaning: "probe or blocker" },
  task: { type: "uint16", unit: "1", meaning: "number of the probe or blocker within its kind" },
  round: { type: "uint16", unit: "1", meaning: "number of the sleep within its probe; 0 for a blocker" },
  dispatchUs: {
    type: "int32",
    unit: "µs",
    meaning:
      "handed to the workers, on Tokio: woken, − due; null where nobody stands between timer and worker, and for a first poll",
    nullable: true,
  },
  overheadUs: { type: "int32", unit: "µs", meaning: "actual − requested sleep: started − due" },
  heldUs: { type: "int32", unit: "µs", meaning: "ended − started: how long the poll held its worker" },
  worker: { type: "uint8", unit: "1", meaning: "worker that ran the poll" },
} as const satisfies Schema;
