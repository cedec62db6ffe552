import { readTrace } from "scheduling-safety-watch/trace";
import { entryBeside } from "../../measure/entry-beside.ts";
import { defineStudy } from "../study.ts";
import { memoryOfMillion, watchCosts } from "./analysis/costs.ts";
import { traceBlame, tracedPolls } from "./analysis/foreign-trace.ts";
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
  openTrace: readTrace,
  traceBlame,
  tracedPolls,
  values: watchValues,
  figures: { instruments: watchInstruments, timeline: watchTimeline },
});
