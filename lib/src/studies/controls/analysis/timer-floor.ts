import { quantileOf } from "../../../summary/estimate.ts";
import type { ExperimentDeclaration } from "../../../tables/experiment-declaration.ts";
import { load, whyNotMeasured } from "../../../tables/load.ts";
import { controlRuns } from "./control-runs.ts";

/**
 * Takes a quantile of the overhead of 50 bare timers (ms) from the controls of the same data set: the noise floor of
 * experiments that measure no bare timers of their own. Null where the controls were not measured.
 *
 * @param controls the experiment, which says how its tables read
 */
export function timerFloor(controls: ExperimentDeclaration, p: number): number | null {
  if (whyNotMeasured(controls.name) !== null) return null;
  const { estimate } = quantileOf(controlRuns(load(controls), "overhead", { system: "bare-timer" }), p);
  return estimate === null ? null : estimate / 1e6;
}
