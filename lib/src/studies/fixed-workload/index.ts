import { entryBeside } from "../../measure/entry-beside.ts";
import { deadlineFailures } from "../../summary/deadline-failures.ts";
import { defineStudy } from "../study.ts";
import { fixedWorkloadClaims } from "./claims.ts";
import { experiment } from "./experiment.ts";
import { fixedWorkloadFailures } from "./figures.ts";
import { fixedWorkloadValues } from "./values.ts";

export const fixedWorkload = defineStudy({
  name: "fixed-workload",
  module: entryBeside(import.meta.url, "experiment"),
  experiment,
  sampleRules: {
    kind: "kind",
    rows: () => ({ tally: 10, dispatch: 1 }),
    words: { kind: ["tally", "request", "poll", "dispatch"], outcome: ["completed", "timed-out"] },
    notNegative: ["timedNs", "loadNs", "threadCpuNs", "workersCpuNs"],
    among: [
      ["timedOut", "requests"],
      ["falseTimeouts", "timedOut"],
    ],
  },
  claims: fixedWorkloadClaims,
  failures: deadlineFailures,
  values: fixedWorkloadValues,
  figures: { failures: fixedWorkloadFailures },
});
