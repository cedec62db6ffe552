import { entryBeside } from "../../measure/entry-beside.ts";
import { defineStudy } from "../study.ts";
import { delayComponents, delayDesigns, delayPercentiles, noiseFloor } from "./analysis.ts";
import { cliffClaims } from "./claims/cliff.ts";
import { tailClaims } from "./claims/tail.ts";
import { experiment } from "./experiment.ts";
import { schedulingDelayComponents } from "./figures/components.ts";
import { schedulingDelayDesigns } from "./figures/designs.ts";
import { schedulingDelayFloor } from "./figures/floor.ts";
import { schedulingDelayOverhead } from "./figures/overhead.ts";
import { schedulingDelayRatio } from "./figures/ratio.ts";
import { schedulingDelayWorkers } from "./figures/workers.ts";
import { blockingPatterns, type SchedulingDelayScenario } from "./run.ts";
import { delayValues } from "./values.ts";

export const schedulingDelay = defineStudy({
  name: "scheduling-delay",
  module: entryBeside(import.meta.url, "experiment"),
  experiment,
  sampleRules: {
    kind: "source",
    rows: ({ probes, blocking }) => ({
      probe: Number(probes) * blockingPatterns[blocking as SchedulingDelayScenario["blocking"]].sleeps,
    }),
    words: { source: ["probe", "blocker", "bare-timer", "futex-timer"] },
    notNegative: ["dueNs", "heldNs"],
  },
  claims: [...cliffClaims, ...tailClaims],
  components: delayComponents,
  designs: delayDesigns,
  percentiles: delayPercentiles,
  noiseFloor,
  values: delayValues,
  figures: {
    components: schedulingDelayComponents,
    designs: schedulingDelayDesigns,
    floor: schedulingDelayFloor,
    overhead: schedulingDelayOverhead,
    ratio: schedulingDelayRatio,
    workers: schedulingDelayWorkers,
  },
});
