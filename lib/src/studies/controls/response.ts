import type { Schema } from "../../tables/schema.ts";

/** What is kept of every control; a kind of row leaves what it does not have missing. */
export const response = {
  kind: {
    type: "category",
    unit: "",
    meaning:
      "overhead of a probe's sleep; yields: a task's time for its polls; round-trip to another thread; kernel-wait: the dispatching thread ready without a core, within 10 ms; collection: a garbage collection on it",
  },
  task: {
    type: "uint16",
    unit: "1",
    meaning: "number of the task; null where there is none",
    nullable: true,
  },
  round: { type: "uint16", unit: "1", meaning: "number of the sleep or round trip", nullable: true },
  valueNs: {
    type: "int64",
    unit: "ns",
    meaning: "the duration; an overhead is negative when the timer fired early",
  },
  thereNs: {
    type: "int64",
    unit: "ns",
    meaning: "round-trip: the other thread's stamp − when the ball was sent",
    nullable: true,
  },
  count: {
    type: "uint32",
    unit: "1",
    meaning: "yields: polls of the task; kernel-wait: how often a core was taken from the thread",
    nullable: true,
  },
} as const satisfies Schema;
