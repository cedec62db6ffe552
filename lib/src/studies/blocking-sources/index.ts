import { entryBeside } from "../../measure/entry-beside.ts";
import { defineStudy } from "../study.ts";
import { sourceHolds, sourceProbes } from "./analysis.ts";
import { blockingSourcesClaims } from "./claims.ts";
import { experiment } from "./experiment.ts";
import { blockingSourcesCpu, blockingSourcesFelt } from "./figures.ts";
import { blockingSourcesValues } from "./values.ts";

export const blockingSources = defineStudy({
  name: "blocking-sources",
  module: entryBeside(import.meta.url, "experiment"),
  experiment,
  sampleRules: {
    words: {
      family: ["sleep", "io", "cpu", "ffi", "sly"],
      expected: ["parked", "computing"],
      kind: ["call", "probe"],
    },
    notNegative: ["heldNs", "cpuNs"],
  },
  claims: blockingSourcesClaims,
  holds: sourceHolds,
  probes: sourceProbes,
  values: blockingSourcesValues,
  figures: { cpu: blockingSourcesCpu, felt: blockingSourcesFelt },
});
