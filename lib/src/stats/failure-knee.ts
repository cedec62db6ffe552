import { type Crossing, type FailureLevel, thresholdCrossing } from "./threshold-crossing.ts";

/** Where a failure rate rises as load grows. */
export interface FailureKnee {
  /** The load at which one request in twenty fails: the knee. */
  readonly onset: Crossing;
  /** The load at which half of them do: how steep the way up is. */
  readonly midpoint: Crossing;
}

/**
 * Finds the knee of a failure rate and its midpoint, each between the levels that bracket it.
 *
 * @param levels in any order
 * @param level nominal coverage
 */
export function failureKnee(levels: readonly FailureLevel[], level = 0.95): FailureKnee {
  return {
    onset: thresholdCrossing(levels, 0.05, level),
    midpoint: thresholdCrossing(levels, 0.5, level),
  };
}
