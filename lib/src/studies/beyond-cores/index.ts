import { entryBeside } from "../../measure/entry-beside.ts";
import { defineStudy } from "../study.ts";
import { coreDelays } from "./analysis.ts";
import { beyondCoresClaims } from "./claims.ts";
import { coresOf, experiment } from "./experiment.ts";
import { beyondCoresDelays } from "./figures.ts";
import { probes, sleeps } from "./run.ts";
import { beyondCoresValues } from "./values.ts";

export const beyondCores = defineStudy({
  name: "beyond-cores",
  module: entryBeside(import.meta.url, "experiment"),
  experiment,
  sampleRules: {
    kind: "source",
    rows: () => ({ probe: probes * sleeps }),
    words: { source: ["probe", "blocker"] },
    notNegative: ["heldUs"],
  },
  claims: beyondCoresClaims,
  cores: coresOf,
  delays: coreDelays,
  values: beyondCoresValues,
  figures: { delays: beyondCoresDelays },
});
