import { entryBeside } from "../../measure/entry-beside.ts";
import { defineStudy } from "../study.ts";
import { memoryOfMillion, watchCosts } from "./analysis/costs.ts";
import { longestIncident, openTrace, traceBlame, tracedPolls } from "./analysis/foreign-trace.ts";
import { healthyLoad, instrumentVerdicts, stallVerdicts } from "./analysis/stalls.ts";
import { watchClaims } from "./claims.ts";
import { experiment } from "./experiment.ts";
import { watchInstruments, watchTimeline } from "./figures.ts";
import { watchValues } from "./values.ts";

export const watch = defineStudy({
  name: "watch",
  module: entryBeside(import.meta.url, "experiment"),
  experiment,
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
