import type { Schema } from "../../tables/schema.ts";

/** What a run leaves: every round counted, and some kept whole. */
export const response = {
  row: {
    type: "category",
    unit: "",
    meaning:
      "total: counts every round of one role with one outcome; round: one of the rounds that are kept whole",
  },
  role: {
    type: "category",
    unit: "",
    meaning: "contender: one of the 30 % of tasks that take the lock under contention; bystander: any other",
  },
  outcome: { type: "category", unit: "", meaning: "completed, timed-out, rejected or failed" },
  rounds: {
    type: "uint32",
    unit: "1",
    meaning: "rounds that a total counts; null for a round",
    nullable: true,
  },
  spanUs: {
    type: "int32",
    unit: "µs",
    meaning: "first start to last end of all rounds of the run; null for a round",
    nullable: true,
  },
  user: { type: "uint16", unit: "1", meaning: "task that did the round; null for a total", nullable: true },
  round: {
    type: "uint16",
    unit: "1",
    meaning: "number of the round within its task; null for a total",
    nullable: true,
  },
  latencyUs: {
    type: "int32",
    unit: "µs",
    meaning: "start to end or time-out; null for a total",
    nullable: true,
  },
  lockWaitUs: {
    type: "int32",
    unit: "µs",
    meaning: "request of the lock until the task runs with it, or has given up; null where it takes none",
    nullable: true,
  },
  handOverUs: {
    type: "int32",
    unit: "µs",
    meaning: "last part of the lock wait: the lock is there for the task, which waits for a worker",
    nullable: true,
  },
  holdUs: {
    type: "int32",
    unit: "µs",
    meaning: "the task runs with the lock until it gives it back; null where it never had it",
    nullable: true,
  },
  waitUs: {
    type: "int32",
    unit: "µs",
    meaning: "sum of the overheads (started − due) of the round's polls",
    nullable: true,
  },
  dispatchUs: {
    type: "int32",
    unit: "µs",
    meaning: "part of these overheads before the polls were handed to the workers",
    nullable: true,
  },
} as const satisfies Schema;
