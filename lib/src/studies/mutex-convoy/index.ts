import { entryBeside } from "../../measure/entry-beside.ts";
import { defineStudy } from "../study.ts";
import { convoyFailures, convoyLatencies, lockAmplification, lockWaits, roundCounts } from "./analysis.ts";
import { mutexConvoyClaims } from "./claims.ts";
import { experiment } from "./experiment.ts";
import { mutexConvoyFailures, mutexConvoyThread, mutexConvoyWaits } from "./figures.ts";
import { mutexConvoyValues } from "./values.ts";

export const mutexConvoy = defineStudy({
  name: "mutex-convoy",
  module: entryBeside(import.meta.url, "experiment"),
  experiment,
  sampleRules: {
    words: {
      row: ["total", "round"],
      role: ["contender", "bystander"],
      outcome: ["completed", "timed-out", "rejected", "failed"],
    },
    notNegative: ["rounds", "spanUs", "latencyUs", "lockWaitUs", "handOverUs", "holdUs"],
    among: [["handOverUs", "lockWaitUs"]],
  },
  claims: mutexConvoyClaims,
  failures: convoyFailures,
  latencies: convoyLatencies,
  amplification: lockAmplification,
  waits: lockWaits,
  counts: roundCounts,
  values: mutexConvoyValues,
  figures: { failures: mutexConvoyFailures, thread: mutexConvoyThread, waits: mutexConvoyWaits },
});
