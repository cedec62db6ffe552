import { entryBeside } from "../../measure/entry-beside.ts";
import { defineStudy } from "../study.ts";
import { simulatedCliffs, simulatedFailures, simulatedKnees, simulationCosts } from "./analysis.ts";
import { simulatedPoolsClaims } from "./claims.ts";
import { experiment } from "./experiment.ts";
import { simulatedPoolsCliffs, simulatedPoolsFailures, simulatedPoolsKnees } from "./figures.ts";
import { simulatedPoolsValues } from "./values.ts";

export const simulatedPools = defineStudy({
  name: "simulated-pools",
  module: entryBeside(import.meta.url, "experiment"),
  experiment,
  sampleRules: {
    rows: () => ({ "": 1 }),
    among: [["late", "counted"]],
  },
  claims: simulatedPoolsClaims,
  cliffs: simulatedCliffs,
  failures: simulatedFailures,
  knees: simulatedKnees,
  costs: simulationCosts,
  values: simulatedPoolsValues,
  figures: { cliffs: simulatedPoolsCliffs, failures: simulatedPoolsFailures, knees: simulatedPoolsKnees },
});
