import { entryBeside } from "../../measure/entry-beside.ts";
import { defineStudy } from "../study.ts";
import { poolKnees } from "./analysis.ts";
import { earlyDetectionClaims } from "./claims.ts";
import { experiment } from "./experiment.ts";
import { earlyDetectionPools, earlyDetectionScaled } from "./figures.ts";
import { earlyDetectionValues } from "./values.ts";

export const earlyDetection = defineStudy({
  name: "early-detection",
  module: entryBeside(import.meta.url, "experiment"),
  experiment,
  sampleRules: {
    words: { outcome: ["completed", "timed-out"] },
  },
  claims: earlyDetectionClaims,
  knees: poolKnees,
  values: earlyDetectionValues,
  figures: { pools: earlyDetectionPools, scaled: earlyDetectionScaled },
});
