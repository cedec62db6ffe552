import { quantileOf } from "../../../summary/estimate.ts";
import type { Dataset } from "../../../tables/load.ts";
import { controlRuns } from "./control-runs.ts";

/**
 * Takes a quantile of the overhead of 50 bare timers (ms) from the controls of the same data set: the noise floor of
 * experiments that measure no bare timers of their own. Null where the controls were not measured.
 *
 * @param controls what was measured as controls, if anything
 */
export function timerFloor(controls: Dataset | null, p: number): number | null {
  if (controls === null) return null;
  const { estimate } = quantileOf(controlRuns(controls, "overhead", { system: "bare-timer" }), p);
  return estimate === null ? null : estimate / 1e6;
}
