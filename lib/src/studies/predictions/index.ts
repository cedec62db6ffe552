import { cliffScaling } from "../../model/cliff-scaling.ts";
import { failureScaling } from "../../model/failure-scaling.ts";
import { stealingStalls } from "../../model/stealing-stalls.ts";
import { defineStudy } from "../study.ts";
import { delayPredictions, failurePredictions, predictionErrors } from "./analysis.ts";
import { predictionClaims } from "./claims.ts";
import { predictionsCliff } from "./figures/cliff.ts";
import { predictionsDelays } from "./figures/delays.ts";
import { predictionsFailures } from "./figures/failures.ts";
import { predictionsScaling } from "./figures/scaling.ts";
import { predictionsStealing } from "./figures/stealing.ts";
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
