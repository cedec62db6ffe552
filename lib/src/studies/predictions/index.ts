import { stealingStalls } from "../../model/stealing-stalls.ts";
import { defineStudy } from "../study.ts";
import { convoyPredictions, remedyPredictions } from "./analysis/queues.ts";
import { delayPredictions, failurePredictions, predictionErrors } from "./analysis/sweeps.ts";
import { predictionClaims } from "./claims.ts";
import { predictionsDelays } from "./figures/delays.ts";
import { predictionsFailures } from "./figures/failures.ts";
import { predictionsStealing } from "./figures/stealing.ts";
import { predictionValues } from "./values.ts";

/** What theory says of the measurements, beside them. */
export const predictions = defineStudy({
  name: "predictions",
  claims: predictionClaims,
  delays: delayPredictions,
  failures: failurePredictions,
  errors: predictionErrors,
  convoy: convoyPredictions,
  remedies: remedyPredictions,
  stealingStalls,
  values: predictionValues,
  figures: {
    delays: predictionsDelays,
    failures: predictionsFailures,
    stealing: predictionsStealing,
  },
});
