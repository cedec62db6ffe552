import type { Schema } from "./schema.ts";

/** One table, four kinds of rows: every request is counted, some are kept whole, and so are some polls. */
export const deadlineResponse = {
  kind: {
    type: "category",
    unit: "",
    meaning:
      "tally: all requests of one round, counted; request and poll: every k-th one, a few hundred a run; dispatch: one row a run",
  },
  round: { type: "uint8", unit: "1", meaning: "number of the request within its task", nullable: true },
  task: {
    type: "uint16",
    unit: "1",
    meaning: "task that sent the request or slept the poll",
    nullable: true,
  },
  requests: {
    type: "uint32",
    unit: "1",
    meaning: "tally: requests of all tasks in this round",
    nullable: true,
  },
  timedOut: { type: "uint32", unit: "1", meaning: "tally: requests that timed out", nullable: true },
  falseTimeouts: {
    type: "uint32",
    unit: "1",
    meaning: "tally: timed out although the last poll had ended within the time-out",
    nullable: true,
  },
  outcome: { type: "category", unit: "", meaning: "request: completed or timed-out", nullable: true },
  timedNs: {
    type: "int64",
    unit: "ns",
    meaning: "request: end or time-out − start of its 100 ms timer",
    nullable: true,
  },
  overheadNs: {
    type: "int64",
    unit: "ns",
    meaning: "poll: started − due; request: the sum over its polls",
    nullable: true,
  },
  dispatchNs: {
    type: "int64",
    unit: "ns",
    meaning: "poll: handed to the workers − due; null where nobody stands between timer and worker",
    nullable: true,
  },
  polls: { type: "uint32", unit: "1", meaning: "dispatch: polls of the tasks in the run", nullable: true },
  loadNs: {
    type: "int64",
    unit: "ns",
    meaning: "dispatch: from the start of the tasks to the end of the run",
    nullable: true,
  },
  threadCpuNs: {
    type: "int64",
    unit: "ns",
    meaning:
      "dispatch: CPU time of the thread that turns timers into polls; of the busiest where each worker does",
    nullable: true,
  },
  workersCpuNs: {
    type: "int64",
    unit: "ns",
    meaning: "dispatch: CPU time of all workers together",
    nullable: true,
  },
} as const satisfies Schema;
