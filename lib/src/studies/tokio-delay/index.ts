import { entryBeside } from "../../measure/entry-beside.ts";
import { defineStudy } from "../study.ts";
import { rearmDelays, rearmTable } from "./analysis.ts";
import { tokioDelayClaims } from "./claims.ts";
import { experiment } from "./experiment.ts";
import { tokioDelayRearming } from "./figures.ts";
import { sleeps } from "./run.ts";
import { tokioDelayValues } from "./values.ts";

export const tokioDelay = defineStudy({
  name: "tokio-delay",
  module: entryBeside(import.meta.url, "experiment"),
  experiment,
  sampleRules: {
    kind: "source",
    rows: ({ probes }) => ({ probe: Number(probes) * sleeps }),
    words: { source: ["probe", "blocker"] },
    notNegative: ["heldUs"],
  },
  claims: tokioDelayClaims,
  delays: rearmDelays,
  table: rearmTable,
  values: tokioDelayValues,
  figures: { rearming: tokioDelayRearming },
});
