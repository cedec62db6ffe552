import { cliffScaling } from "../../model/cliff-scaling.ts";
import { failureScaling } from "../../model/failure-scaling.ts";
import { stealingStalls } from "../../model/stealing-stalls.ts";
import { defineStudy } from "../study.ts";
import { delayPredictions, failurePredictions, predictionErrors } from "./analysis.ts";
import { predictionClaims } from "./claims.ts";
import { predictionsCliff } from "./figures/predictions-cliff.ts";
import { predictionsDelays } from "./figures/predictions-delays.ts";
import { predictionsFailures } from "./figures/predictions-failures.ts";
import { predictionsScaling } from "./figures/predictions-scaling.ts";
import { predictionsStealing } from "./figures/predictions-stealing.ts";
import { predictionValues } from "./values.ts";

/** What theory says of the measurements, beside them. */
export const predictions = defineStudy({
  name: "predictions",
  claims: predictionClaims,
  delays: delayPredictions,
  failures: failurePredictions,
  errors: predictionErrors,
  cliffScaling,
  failureScaling,
  stealingStalls,
  values: predictionValues,
  figures: {
    cliff: predictionsCliff,
    delays: predictionsDelays,
    failures: predictionsFailures,
    scaling: predictionsScaling,
    stealing: predictionsStealing,
  },
});
