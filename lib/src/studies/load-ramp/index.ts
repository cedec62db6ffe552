import { entryBeside } from "../../measure/entry-beside.ts";
import { defineStudy } from "../study.ts";
import { rampCollapse, rampFailures } from "./analysis.ts";
import { loadRampClaims } from "./claims.ts";
import { experiment } from "./experiment.ts";
import { loadRampAdded, loadRampFailures } from "./figures.ts";
import { loadRampValues } from "./values.ts";

export const loadRamp = defineStudy({
  name: "load-ramp",
  module: entryBeside(import.meta.url, "experiment"),
  experiment,
  sampleRules: {
    kind: "kind",
    rows: () => ({ tally: 5, dispatch: 1 }),
    words: { kind: ["tally", "request", "poll", "dispatch"], outcome: ["completed", "timed-out"] },
    notNegative: ["timedNs", "loadNs", "threadCpuNs", "workersCpuNs"],
    among: [
      ["timedOut", "requests"],
      ["falseTimeouts", "timedOut"],
    ],
  },
  claims: loadRampClaims,
  collapse: rampCollapse,
  failures: rampFailures,
  values: loadRampValues,
  figures: { added: loadRampAdded, failures: loadRampFailures },
});
