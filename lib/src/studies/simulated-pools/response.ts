import type { Schema } from "../../tables/schema.ts";

/** One row a run: what one simulated pool did, and what simulating it took. */
export const response = {
  late: {
    type: "uint32",
    unit: "1",
    meaning:
      "sweep: wake-ups that started more than 10 ms after they were due; requests: those that missed their deadline",
  },
  counted: { type: "uint32", unit: "1", meaning: "wake-ups or requests of the run" },
  p50Us: {
    type: "int32",
    unit: "µs",
    meaning: "median of the wake-ups' overhead; null for requests",
    nullable: true,
  },
  p99Us: {
    type: "int32",
    unit: "µs",
    meaning: "99th percentile of the wake-ups' overhead; null for requests",
    nullable: true,
  },
  events: { type: "float64", unit: "1", meaning: "events that the simulator played" },
  tookMs: { type: "uint32", unit: "ms", meaning: "real time that the simulation took" },
  grewKiB: {
    type: "uint32",
    unit: "KiB",
    meaning: "by how much the process's peak memory grew while it was simulated",
  },
} as const satisfies Schema;
