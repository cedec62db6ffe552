import type { Experiment } from "../src/design/experiment.ts";

/** As many runs as a host gets in the load test of a fleet; nothing is measured, parts are made up. */
export const recorded: Experiment = {
  name: "recorded",
  question: "How many hosts does one database carry?",
  factors: { level: { unit: "1", meaning: "scenario", levels: Array.from({ length: 50 }, (_, i) => i) } },
  response: { overheadNs: { type: "int64", unit: "ns", meaning: "made up" } },
  primary: { rule: "p99", durationsNs: ({ overheadNs }) => Float64Array.from(overheadNs ?? [], Number) },
  design: () => [
    {
      name: "base",
      scenarios: Array.from({ length: 50 }, (_, level) => ({ level })),
      replicates: Number(process.env["RUNS"] ?? 250) / 50,
    },
  ],
  expectedMs: () => 100,
  run: () => Promise.reject(new Error("nothing is measured here")),
};

export const experiment = (): Experiment => recorded;
