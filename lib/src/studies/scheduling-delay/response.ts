import type { Schema } from "../../tables/schema.ts";

/** What a run leaves: one row a poll. */
export const response = {
  source: {
    type: "category",
    unit: "",
    meaning:
      "probe, blocker, or the same sleeps without workers, in the same run: bare-timer, plain setTimeout loops; futex-timer, waits on a futex",
  },
  task: { type: "uint16", unit: "1", meaning: "number of the probe or blocker within its kind" },
  round: { type: "uint16", unit: "1", meaning: "number of the poll within its task" },
  dueNs: { type: "int64", unit: "ns", meaning: "when the poll was due, since the run's origin" },
  dispatchNs: {
    type: "int64",
    unit: "ns",
    meaning: "handed to the workers − due; null where nobody stands between timer and worker",
    nullable: true,
  },
  overheadNs: {
    type: "int64",
    unit: "ns",
    meaning: "actual − requested sleep: started − due; negative when the timer fired early",
  },
  heldNs: { type: "int64", unit: "ns", meaning: "ended − started: how long the poll held its worker" },
  worker: {
    type: "uint8",
    unit: "1",
    meaning: "worker that ran the poll; null for bare-timer",
    nullable: true,
  },
} as const satisfies Schema;
