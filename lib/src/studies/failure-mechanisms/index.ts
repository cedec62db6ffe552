import { entryBeside } from "../../measure/entry-beside.ts";
import { defineStudy } from "../study.ts";
import { channelDepths, databaseHealth, errorTexts, mechanismFailures } from "./analysis.ts";
import { failureMechanismsClaims } from "./claims.ts";
import { experiment } from "./experiment.ts";
import { failureMechanismsDatabase, failureMechanismsDepth, failureMechanismsRates } from "./figures.ts";
import { operationsPerRun } from "./observe-mechanism.ts";
import { mechanismValues } from "./values.ts";

export const failureMechanisms = defineStudy({
  name: "failure-mechanisms",
  module: entryBeside(import.meta.url, "experiment"),
  experiment,
  sampleRules: {
    kind: "kind",
    rows: () => ({ operation: operationsPerRun }),
    words: { kind: ["operation", "check"], outcome: ["completed", "timed-out", "rejected", "failed"] },
    notNegative: ["heldNs"],
  },
  claims: failureMechanismsClaims,
  depths: channelDepths,
  database: databaseHealth,
  errors: errorTexts,
  failures: mechanismFailures,
  values: mechanismValues,
  figures: {
    database: failureMechanismsDatabase,
    depth: failureMechanismsDepth,
    rates: failureMechanismsRates,
  },
});
