import { entryBeside } from "../../measure/entry-beside.ts";
import { operationsPerRun } from "../failure-mechanisms/experiment.ts";
import { defineStudy } from "../study.ts";
import { blameShares, errorSurfaces, namedByDesign } from "./analysis.ts";
import { blameClaims } from "./claims.ts";
import { experiment } from "./experiment.ts";
import { blameVerdicts } from "./figures.ts";
import { blameValues } from "./values.ts";

export const blame = defineStudy({
  name: "blame",
  module: entryBeside(import.meta.url, "experiment"),
  experiment,
  sampleRules: {
    rows: () => ({ "": operationsPerRun }),
    words: { outcome: ["completed", "timed-out", "rejected", "failed"] },
    notNegative: ["waitedNs", "starvedNs", "culpritShare"],
    among: [["starvedNs", "waitedNs"]],
  },
  claims: blameClaims,
  designs: namedByDesign,
  shares: blameShares,
  surfaces: errorSurfaces,
  values: blameValues,
  figures: { verdicts: blameVerdicts },
});
