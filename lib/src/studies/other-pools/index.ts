import { entryBeside } from "../../measure/entry-beside.ts";
import { defineStudy } from "../study.ts";
import { poolDelays, poolFailures, poolTable } from "./analysis.ts";
import { otherPoolsClaims } from "./claims.ts";
import { experiment } from "./experiment.ts";
import { otherPoolsDelays } from "./figures.ts";
import { otherPoolsValues } from "./values.ts";

export const otherPools = defineStudy({
  name: "other-pools",
  module: entryBeside(import.meta.url, "experiment"),
  experiment,
  sampleRules: {
    words: { outcome: ["completed", "timed-out"] },
  },
  claims: otherPoolsClaims,
  delays: poolDelays,
  failures: poolFailures,
  table: poolTable,
  values: otherPoolsValues,
  figures: { delays: otherPoolsDelays },
});
