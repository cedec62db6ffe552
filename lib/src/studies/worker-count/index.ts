import { entryBeside } from "../../measure/entry-beside.ts";
import { defineStudy } from "../study.ts";
import { poolSizeCliffs, poolSizeFailures, poolSizeKnees } from "./analysis.ts";
import { workerCountClaims } from "./claims.ts";
import { experiment } from "./experiment.ts";
import { workerCountCliffs, workerCountKnees } from "./figures.ts";
import { type SweepName, sweeps } from "./sweeps.ts";
import { workerCountValues } from "./values.ts";

export const workerCount = defineStudy({
  name: "worker-count",
  module: entryBeside(import.meta.url, "experiment"),
  experiment,
  sampleRules: {
    rows: ({ sweep, load }) => ({ "": sweeps[sweep as SweepName].expected(Number(load)) }),
    words: { outcome: ["completed", "timed-out"] },
  },
  claims: workerCountClaims,
  cliffs: poolSizeCliffs,
  failures: poolSizeFailures,
  knees: poolSizeKnees,
  values: workerCountValues,
  figures: { cliffs: workerCountCliffs, knees: workerCountKnees },
});
