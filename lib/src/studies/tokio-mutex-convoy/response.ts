import type { Schema } from "../../tables/schema.ts";

const time = (meaning: string) => ({ type: "int32", unit: "µs", meaning, nullable: true }) as const;

/** Totals of rounds by role and outcome, and some rounds whole. */
export const response = {
  row: {
    type: "category",
    unit: "",
    meaning:
      "total: counts every round of one role with one outcome; round: one of those that are kept whole",
  },
  role: {
    type: "category",
    unit: "",
    meaning: "contender: one of the 30 % of tasks that take the lock under contention; bystander: any other",
  },
  outcome: { type: "category", unit: "", meaning: "completed or timed-out" },
  rounds: {
    type: "uint32",
    unit: "1",
    meaning: "rounds that a total counts; null for a round",
    nullable: true,
  },
  latencyUs: time("start to end or time-out; null for a total"),
  lockWaitUs: time(
    "request of the lock until the task runs with it, or has given up; null where it takes none",
  ),
  handOverUs: time("last part of the lock wait: the lock is there for the task, which waits for a worker"),
  holdUs: time("the task runs with the lock until it gives it back; null where it never had it"),
  waitUs: time("sum of the overheads (started − due) of the round's polls; null for a total"),
} as const satisfies Schema;
