import type { Schema } from "../../tables/schema.ts";

/** What a run leaves: one row a probe, a call of fs.stat, or a job. */
export const response = {
  kind: {
    type: "category",
    unit: "",
    meaning:
      "probe: an empty poll on the shared pool; stat: fs.stat, which runs on libuv's pool; job: one piece of blocking work",
  },
  dueNs: { type: "int64", unit: "ns", meaning: "when it was to begin, since the run's origin" },
  delayNs: {
    type: "int64",
    unit: "ns",
    meaning: "probe: started − due; stat: ended − called; job: ended or given up − submitted",
  },
  dispatchNs: {
    type: "int64",
    unit: "ns",
    meaning: "probe, stat: handed over or called − due; null for the others",
    nullable: true,
  },
  heldNs: {
    type: "int64",
    unit: "ns",
    meaning:
      "job: how long it held a worker, in all its pieces, given up or not; null where no worker ran it",
    nullable: true,
  },
  outcome: {
    type: "category",
    unit: "",
    meaning: "job: completed, or timed-out: its caller gave up at the deadline; null for the others",
    nullable: true,
  },
} as const satisfies Schema;
