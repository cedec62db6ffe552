import type { Columns, Schema } from "../../src/tables/schema.ts";

/** A table with a column of every type, and values at the edges of their ranges. */
export const everyType: Schema = {
  run: { type: "uint32", unit: "", meaning: "number of the run" },
  delayNs: { type: "int64", unit: "ns", meaning: "signed delay" },
  dispatchNs: { type: "int64", unit: "ns", meaning: "dispatch", nullable: true },
  offset: { type: "int32", unit: "1", meaning: "signed" },
  task: { type: "uint16", unit: "1", meaning: "task" },
  worker: { type: "uint8", unit: "1", meaning: "worker", nullable: true },
  share: { type: "float64", unit: "1", meaning: "share", nullable: true },
  blocked: { type: "bool", unit: "", meaning: "blocked" },
  reason: { type: "text", unit: "", meaning: "reason", nullable: true },
  outcome: { type: "category", unit: "", meaning: "µ outcome" },
};

export const everyTypeColumns: Columns = {
  run: Uint32Array.of(0, 2 ** 32 - 1, 7),
  delayNs: Float64Array.of(-850_000, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER),
  dispatchNs: [null, -1, 5_000_000_000],
  offset: Int32Array.of(-(2 ** 31), 0, 2 ** 31 - 1),
  task: Uint16Array.of(0, 65_535, 1),
  worker: [255, null, 0],
  share: [0.1, null, Number.POSITIVE_INFINITY],
  blocked: [true, false, true],
  reason: [null, "", "steal: 0.03; größer"],
  outcome: ["timed-out", "completed", "timed-out"],
};
