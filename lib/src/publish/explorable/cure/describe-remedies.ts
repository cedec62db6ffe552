import type { PredictedRemedy } from "../../../model/predict-remedy.ts";
import type { ModelledRemedy } from "../../../model/remedied-jobs.ts";
import { labelOf } from "./choice.ts";
import type { CureEdition } from "./cure-chart.ts";

/** Says what the chart of remedies shows: of the measured points, those of the reference, if there are any. */
export function describeRemedies(
  predicted: readonly PredictedRemedy[],
  [reference]: readonly CureEdition[],
): string {
  const told = (remedies: readonly { readonly remedy: ModelledRemedy; readonly p95Ms: number }[]) =>
    remedies.map(({ remedy, p95Ms }) => `${labelOf(remedy)}: ${p95Ms.toFixed(0)}`).join(", ");
  const measured = reference === undefined ? "" : ` Measured: ${told(reference.cures)}.`;
  return `95th percentile of the others’ delay under each remedy, in milliseconds, and beside it the jobs that end in a second.${measured} Predicted by the simulator: ${told(predicted)}.`;
}
