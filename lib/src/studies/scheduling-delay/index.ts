import { entryBeside } from "../../measure/entry-beside.ts";
import { defineStudy } from "../study.ts";
import { delayComponents, delayDesigns, delayPercentiles, noiseFloor } from "./analysis.ts";
import { cliffClaims } from "./claims/cliff.ts";
import { tailClaims } from "./claims/tail.ts";
import { experiment } from "./experiment.ts";
import { schedulingDelayComponents } from "./figures/scheduling-delay-components.ts";
import { schedulingDelayDesigns } from "./figures/scheduling-delay-designs.ts";
import { schedulingDelayFloor } from "./figures/scheduling-delay-floor.ts";
import { schedulingDelayOverhead } from "./figures/scheduling-delay-overhead.ts";
import { schedulingDelayRatio } from "./figures/scheduling-delay-ratio.ts";
import { schedulingDelayWorkers } from "./figures/scheduling-delay-workers.ts";
import { delayValues } from "./values.ts";

export const schedulingDelay = defineStudy({
  name: "scheduling-delay",
  module: entryBeside(import.meta.url, "experiment"),
  experiment,
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
