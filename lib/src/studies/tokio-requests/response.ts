import type { Schema } from "../../tables/schema.ts";

/** One row a request. */
export const response = {
  client: { type: "uint16", unit: "1", meaning: "client that sent the request" },
  round: { type: "uint16", unit: "1", meaning: "number of the request within its client" },
  blocking: { type: "bool", unit: "", meaning: "blocked its worker for 50 ms, before its timer or under it" },
  latencyUs: { type: "int32", unit: "µs", meaning: "end or time-out − start, in open loop the intended one" },
  timedUs: {
    type: "int32",
    unit: "µs",
    meaning:
      "end or time-out − start of its 100 ms timer; above 100 ms for a completed one whose last sleep and time-out were seen together",
  },
  outcome: { type: "category", unit: "", meaning: "completed or timed-out" },
  polls: { type: "uint8", unit: "1", meaning: "sleeps it completed, of 10" },
  waitUs: { type: "int32", unit: "µs", meaning: "sum of its polls' overheads (started − due)" },
} as const satisfies Schema;
