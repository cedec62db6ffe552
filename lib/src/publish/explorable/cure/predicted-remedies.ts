import { type PredictedRemedy, predictRemedy } from "../../../model/predict-remedy.ts";
import { remedyLabels } from "./choice.ts";

/** Predicts every remedy of the chart, for a number of callers. */
export function predictedRemedies(callers: number): PredictedRemedy[] {
  return remedyLabels.map(([remedy]) => predictRemedy(remedy, callers));
}
