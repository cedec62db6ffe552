import { entryBeside } from "../../measure/entry-beside.ts";
import { defineStudy } from "../study.ts";
import { memoryOfMillion, watchCosts } from "./analysis/costs.ts";
import { longestIncident, openTrace, traceBlame, tracedPolls } from "./analysis/foreign-trace.ts";
import { healthyLoad, instrumentVerdicts, stallVerdicts } from "./analysis/stalls.ts";
import { watchClaims } from "./claims.ts";
import { experiment } from "./experiment.ts";
import { watchInstruments, watchTimeline } from "./figures.ts";
import { stallsPerRun } from "./run.ts";
import { watchValues } from "./values.ts";

export const watch = defineStudy({
  name: "watch",
  module: entryBeside(import.meta.url, "experiment"),
  experiment,
  sampleRules: {
    kind: "kind",
    rows: ({ source }) => {
      if (source === "tiny-tasks" || source === "service") return { load: 12, stamp: 1 };
      if (source === "million-tasks") return { memory: 10 };
      return source === "none" ? { healthy: 1 } : { stall: stallsPerRun };
    },
    words: { kind: ["stall", "healthy", "load", "stamp", "memory"], watching: ["on", "off"] },
    notNegative: ["heldNs", "lastedNs"],
  },
  claims: watchClaims,
  verdicts: stallVerdicts,
  healthy: healthyLoad,
  instruments: instrumentVerdicts,
  costs: watchCosts,
  memory: memoryOfMillion,
  openTrace,
  longestIncident,
  traceBlame,
  tracedPolls,
  values: watchValues,
  figures: { instruments: watchInstruments, timeline: watchTimeline },
});
