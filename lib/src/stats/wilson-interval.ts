import type { Interval } from "./interval.ts";
import { normalQuantile } from "./normal-quantile.ts";

/**
 * Computes the Wilson score interval of a proportion of independent trials.
 *
 * Requests of one run share their executor and are not independent: put the run-clustered interval beside this one.
 *
 * @param successes number of trials with the outcome, from 0 to trials
 * @param trials number of trials, > 0; fractions are allowed (an effective number of trials)
 * @param level nominal coverage, strictly between 0 and 1
 * @throws RangeError if an argument is outside its range
 * @see https://doi.org/10.1080/01621459.1927.10502953 Wilson (1927)
 */
export function wilsonInterval(successes: number, trials: number, level = 0.95): Interval {
  if (!(trials > 0 && Number.isFinite(trials))) throw new RangeError(`trials must be > 0; got ${trials}`);
  if (!(successes >= 0 && successes <= trials)) {
    throw new RangeError(`successes must be from 0 to ${trials} trials; got ${successes}`);
  }
  const z = normalQuantile(0.5 + level / 2);
  const estimate = successes / trials;
  const centre = (estimate + z ** 2 / (2 * trials)) / (1 + z ** 2 / trials);
  const halfWidth =
    (z / (1 + z ** 2 / trials)) *
    Math.sqrt((estimate * (1 - estimate)) / trials + z ** 2 / (4 * trials ** 2));
  // At 0 and 1 the bound is the estimate itself; rounding alone would leave it at 1e-18.
  const low = estimate === 0 ? 0 : centre - halfWidth;
  const high = estimate === 1 ? 1 : centre + halfWidth;
  return { estimate, low, high, level, method: "Wilson score", runs: null };
}
