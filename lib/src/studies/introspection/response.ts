import type { Schema } from "../../tables/schema.ts";

/** Rows of five kinds; a column that a kind does not have is null there. */
export const response = {
  kind: {
    type: "category",
    unit: "",
    meaning: "probe or blocker (a task), worker or main (a thread), or pool (Piscina's own instruments)",
  },
  number: { type: "uint16", unit: "1", meaning: "number of the task within its kind, or of the worker" },
  polls: { type: "uint32", unit: "1", meaning: "polls of the task, or on the worker", nullable: true },
  busyNs: { type: "int64", unit: "ns", meaning: "sum of the polls' ended − started", nullable: true },
  schedNs: {
    type: "int64",
    unit: "ns",
    meaning:
      "task: sum of started − handed over, or started − due where nobody stands between timer and worker",
    nullable: true,
  },
  lateNs: {
    type: "int64",
    unit: "ns",
    meaning: "task: sum of handed over − due; null where nobody stands between timer and worker",
    nullable: true,
  },
  idleNs: {
    type: "int64",
    unit: "ns",
    meaning: "task: time until its last poll ended, less busy, scheduled and late time",
    nullable: true,
  },
  blockedNs: {
    type: "int64",
    unit: "ns",
    meaning: "worker: part of its busy time that belongs to blockers",
    nullable: true,
  },
  longestHoldNs: { type: "int64", unit: "ns", meaning: "worker: its longest poll", nullable: true },
  wallNs: { type: "int64", unit: "ns", meaning: "time the instruments ran", nullable: true },
  cpuNs: {
    type: "int64",
    unit: "ns",
    meaning: "thread: CPU time while the instruments ran, counted in steps of up to 4 ms",
    nullable: true,
  },
  utilization: {
    type: "float64",
    unit: "1",
    meaning: "thread: event-loop utilisation; pool: Piscina's utilisation",
    nullable: true,
  },
  loopDelayCount: {
    type: "uint32",
    unit: "1",
    meaning: "thread: firings that monitorEventLoopDelay saw, at its default resolution of 10 ms",
    nullable: true,
  },
  loopDelayMeanNs: {
    type: "int64",
    unit: "ns",
    meaning: "thread: mean of monitorEventLoopDelay, its period of 10 ms included; null where it never fired",
    nullable: true,
  },
  loopDelayP99Ns: {
    type: "int64",
    unit: "ns",
    meaning: "thread: p99 of monitorEventLoopDelay, its period of 10 ms included; null where it never fired",
    nullable: true,
  },
  waitMeanNs: { type: "int64", unit: "ns", meaning: "pool: mean of Piscina's waitTime", nullable: true },
  waitP99Ns: { type: "int64", unit: "ns", meaning: "pool: p99 of Piscina's waitTime", nullable: true },
  runMeanNs: { type: "int64", unit: "ns", meaning: "pool: mean of Piscina's runTime", nullable: true },
  runP99Ns: { type: "int64", unit: "ns", meaning: "pool: p99 of Piscina's runTime", nullable: true },
} as const satisfies Schema;
