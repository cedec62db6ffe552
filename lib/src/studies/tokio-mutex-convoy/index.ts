import { entryBeside } from "../../measure/entry-beside.ts";
import { defineStudy } from "../study.ts";
import { tokioConvoyFailures, tokioConvoyWaits } from "./analysis.ts";
import { tokioMutexConvoyClaims } from "./claims.ts";
import { experiment } from "./experiment.ts";
import { tokioMutexConvoyValues } from "./values.ts";

export const tokioMutexConvoy = defineStudy({
  name: "tokio-mutex-convoy",
  module: entryBeside(import.meta.url, "experiment"),
  experiment,
  sampleRules: {
    words: { row: ["total", "round"], role: ["contender", "bystander"], outcome: ["completed", "timed-out"] },
    notNegative: ["rounds", "latencyUs", "lockWaitUs", "handOverUs", "holdUs", "waitUs"],
    among: [["handOverUs", "lockWaitUs"]],
  },
  claims: tokioMutexConvoyClaims,
  failures: tokioConvoyFailures,
  waits: tokioConvoyWaits,
  values: tokioMutexConvoyValues,
  figures: {},
});
