import { difference, ratio } from "./contrast.ts";
import type { Interval } from "./interval.ts";
import type { PooledRuns } from "./pooled-runs.ts";
import { type QuantileOptions, quantileInterval } from "./quantile-interval.ts";

/**
 * Computes an effect size: a quantile of the treated runs over the same quantile of the control runs, with its interval.
 * Null where one of them has too few observations beyond it, or is not above zero at its lower bound.
 *
 * The groups are taken as independent. Runs of one replicate block share the state of the host, which can only bring
 * the two quantiles closer together: the interval errs on the wide side.
 *
 * @param treatment samples of the runs under the treatment
 * @param control samples of the runs without it, in the same unit
 * @param p probability of the quantile
 */
export function effectRatio(
  treatment: PooledRuns,
  control: PooledRuns,
  p: number,
  options: QuantileOptions = {},
): Interval | null {
  const a = quantileInterval(treatment, p, options);
  const b = quantileInterval(control, p, options);
  const bounds = a && b && ratio(a, b);
  return (
    bounds && {
      ...a,
      ...bounds,
      method: "MOVER on logs of Woodruff over runs",
      runs: bothRuns(treatment, control),
    }
  );
}

/**
 * Computes an effect size as a difference of quantiles, treatment − control, in the unit of the samples; otherwise as
 * {@link effectRatio}, and defined for values around zero too.
 */
export function effectDifference(
  treatment: PooledRuns,
  control: PooledRuns,
  p: number,
  options: QuantileOptions = {},
): Interval | null {
  const a = quantileInterval(treatment, p, options);
  const b = quantileInterval(control, p, options);
  return (
    a &&
    b && {
      ...a,
      ...difference(a, b),
      method: "MOVER of Woodruff over runs",
      runs: bothRuns(treatment, control),
    }
  );
}

function bothRuns(treatment: PooledRuns, control: PooledRuns): number {
  return treatment.runs + control.runs;
}
