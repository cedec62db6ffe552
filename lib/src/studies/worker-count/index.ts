import { entryBeside } from "../../measure/entry-beside.ts";
import { defineStudy } from "../study.ts";
import { poolSizeCliffs, poolSizeFailures, poolSizeKnees } from "./analysis.ts";
import { workerCountClaims } from "./claims.ts";
import { experiment } from "./experiment.ts";
import { workerCountCliffs, workerCountKnees } from "./figures.ts";
import { workerCountValues } from "./values.ts";

export const workerCount = defineStudy({
  name: "worker-count",
  module: entryBeside(import.meta.url, "experiment"),
  experiment,
  claims: workerCountClaims,
  cliffs: poolSizeCliffs,
  failures: poolSizeFailures,
  knees: poolSizeKnees,
  values: workerCountValues,
  figures: { cliffs: workerCountCliffs, knees: workerCountKnees },
});
