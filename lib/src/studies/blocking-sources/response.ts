import type { Schema } from "../../tables/schema.ts";

/** What is kept of every call of the source, and of every poll of a probe beside it. */
export const response = {
  family: { type: "category", unit: "", meaning: "family of the source: sleep, io, cpu, ffi or sly" },
  expected: { type: "category", unit: "", meaning: "what we expect of the held thread: parked or computing" },
  kind: { type: "category", unit: "", meaning: "call of the source, or poll of a probe" },
  callers: {
    type: "uint8",
    unit: "1",
    meaning: "callers that kept holding workers at that time: 0, workers − 1 or workers, in seeded order",
  },
  number: { type: "uint8", unit: "1", meaning: "number of the caller or probe" },
  round: { type: "uint16", unit: "1", meaning: "number of the call or poll within its caller or probe" },
  worker: { type: "uint8", unit: "1", meaning: "worker that ran it" },
  heldNs: {
    type: "int64",
    unit: "ns",
    meaning: "how long the call held its worker; null for probes",
    nullable: true,
  },
  cpuNs: {
    type: "int64",
    unit: "ns",
    meaning:
      "CPU time of the worker's thread during the call, counted in steps of up to 4 ms; null for probes",
    nullable: true,
  },
  dispatchNs: {
    type: "int64",
    unit: "ns",
    meaning: "handed to the pool − due; null for calls, which are never late",
    nullable: true,
  },
  overheadNs: {
    type: "int64",
    unit: "ns",
    meaning: "started − due of a probe's poll; null for calls",
    nullable: true,
  },
} as const satisfies Schema;
