import { entryBeside } from "../../measure/entry-beside.ts";
import { defineStudy } from "../study.ts";
import { delaysUnder, remedyCosts, remedyEffects, throughputUnder } from "./analysis.ts";
import { remediesClaims } from "./claims.ts";
import { experiment } from "./experiment.ts";
import { remediesThroughput, remediesVictims } from "./figures.ts";
import { remedyValues } from "./values.ts";

export const remedies = defineStudy({
  name: "remedies",
  module: entryBeside(import.meta.url, "experiment"),
  experiment,
  sampleRules: {
    kind: "kind",
    rows: ({ callers }) => (callers === "single" ? { job: 200 } : { probe: 250, stat: 150 }),
    words: { kind: ["probe", "stat", "job"], outcome: ["completed", "timed-out"] },
    notNegative: ["dueNs", "heldNs"],
  },
  claims: remediesClaims,
  effects: remedyEffects,
  costs: remedyCosts,
  delays: delaysUnder,
  throughput: throughputUnder,
  values: remedyValues,
  figures: { throughput: remediesThroughput, victims: remediesVictims },
});
