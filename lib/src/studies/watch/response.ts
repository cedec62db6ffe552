import type { Schema } from "../../tables/schema.ts";

/** Rows of four kinds; a column that a kind does not have is null there. */
export const response = {
  kind: {
    type: "category",
    unit: "",
    meaning:
      "stall: one that was made on purpose; healthy: a stretch of load without one; load: a stretch of a service's work; stamp: what stamping costs; memory: a tenth of a million tasks",
  },
  number: { type: "uint16", unit: "1", meaning: "number of the row in its kind and run" },
  expected: {
    type: "category",
    unit: "",
    meaning: "stall: who held everybody, by construction; null where nobody did",
    nullable: true,
  },
  blamed: {
    type: "category",
    unit: "",
    meaning: "who was blamed in the longest incident told of; null where none was",
    nullable: true,
  },
  incidents: {
    type: "uint16",
    unit: "1",
    meaning: "incidents told of in the stretch; stall: those about what was stalled",
    nullable: true,
  },
  heldNs: {
    type: "int64",
    unit: "ns",
    meaning: "stall: the culprit's longest hold, by its own clock",
    nullable: true,
  },
  toldHeldNs: {
    type: "int64",
    unit: "ns",
    meaning: "stall: that hold as the record tells it",
    nullable: true,
  },
  waitedNs: {
    type: "int64",
    unit: "ns",
    meaning: "stall: the victims' longest wait, from submission to their own first stamp",
    nullable: true,
  },
  toldWaitedNs: {
    type: "int64",
    unit: "ns",
    meaning: "stall: that wait as the record tells it",
    nullable: true,
  },
  firstLineNs: {
    type: "int64",
    unit: "ns",
    meaning: "stall: from the moment when every worker was held and somebody waited to the first line",
    nullable: true,
  },
  computing: {
    type: "float64",
    unit: "1",
    meaning: "stall: share of the hold in which the threads computed or were ready to, as told",
    nullable: true,
  },
  notAttributable: {
    type: "float64",
    unit: "1",
    meaning: "stall: share of the wait that nothing explains, as told",
    nullable: true,
  },
  loopDelayNs: {
    type: "int64",
    unit: "ns",
    meaning: "stall: largest value of monitorEventLoopDelay on the main thread meanwhile",
    nullable: true,
  },
  utilization: {
    type: "float64",
    unit: "1",
    meaning: "stall: event-loop utilisation of the main thread meanwhile",
    nullable: true,
  },
  poolWaitNs: {
    type: "int64",
    unit: "ns",
    meaning: "stall: largest value of Piscina's histogram of waits meanwhile; null for the hand-made pool",
    nullable: true,
  },
  blockedAtNs: {
    type: "int64",
    unit: "ns",
    meaning:
      "stall: longest stretch that blocked-at told of meanwhile; 0 where it told of none, null where it was not running",
    nullable: true,
  },
  watching: { type: "category", unit: "", meaning: "load: on or off", nullable: true },
  tasks: {
    type: "uint32",
    unit: "1",
    meaning: "healthy, load, memory: tasks that ended in the stretch",
    nullable: true,
  },
  lastedNs: {
    type: "int64",
    unit: "ns",
    meaning: "healthy, load, memory: length of the stretch",
    nullable: true,
  },
  latencyP99Ns: {
    type: "int64",
    unit: "ns",
    meaning: "load: p99 from a task's submission to its result",
    nullable: true,
  },
  mainCpuNs: {
    type: "int64",
    unit: "ns",
    meaning:
      "load: CPU time of the main thread in the stretch; null where the kernel does not tell, as the next three",
    nullable: true,
  },
  workersCpuNs: {
    type: "int64",
    unit: "ns",
    meaning: "load: CPU time of the pool's threads in the stretch",
    nullable: true,
  },
  watchCpuNs: {
    type: "int64",
    unit: "ns",
    meaning: "load: CPU time of the watch's own thread in the stretch, which rests where nothing is watched",
    nullable: true,
  },
  runtimeCpuNs: {
    type: "int64",
    unit: "ns",
    meaning:
      "load: CPU time of the runtime's other threads in the stretch: garbage collection, compiler, libuv",
    nullable: true,
  },
  rssBytes: {
    type: "int64",
    unit: "B",
    meaning: "memory: resident set of the process at the end of the stretch",
    nullable: true,
  },
  traceBytes: {
    type: "int64",
    unit: "B",
    meaning: "memory: what the trace takes on disk at the end of the stretch",
    nullable: true,
  },
  stampNs: {
    type: "float64",
    unit: "ns",
    meaning: "stamp: time that a worker takes to stamp one task",
    nullable: true,
  },
} as const satisfies Schema;
