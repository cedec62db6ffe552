import { ratio } from "./contrast.ts";
import type { Interval } from "./interval.ts";
import { countsAbove, type PooledRuns } from "./pooled-runs.ts";
import { type QuantileOptions, quantileInterval } from "./quantile-interval.ts";
import { runShare } from "./run-share.ts";

/**
 * Computes the ratio of two quantiles of the same runs, such as p99 : p50, with its interval over runs. Null where one
 * of them has too few observations beyond it, or where the lower one is not above zero at its lower bound.
 *
 * A slow run raises both quantiles, so their correlation over runs enters; without it the interval would cover 99 %.
 *
 * @param pool samples of all runs, in any unit
 * @param upper probability of the numerator (default 0.99)
 * @param lower probability of the denominator (default 0.5)
 */
export function tailRatio(
  pool: PooledRuns,
  {
    upper = 0.99,
    lower = 0.5,
    ...options
  }: QuantileOptions & { readonly upper?: number; readonly lower?: number } = {},
): Interval | null {
  const numerator = quantileInterval(pool, upper, options);
  const denominator = quantileInterval(pool, lower, options);
  if (numerator === null || denominator === null) return null;
  const a = runShare(countsAbove(pool, numerator.estimate), pool.sizes).deviations;
  const b = runShare(countsAbove(pool, denominator.estimate), pool.sizes).deviations;
  const bounds = ratio(numerator, denominator, correlation(a, b));
  return bounds && { ...numerator, ...bounds, method: "MOVER on logs of Woodruff over runs, correlated" };
}

/** Both add up to 0; uncorrelated if one of them never varies. */
function correlation(a: Float64Array, b: Float64Array): number {
  const product = (x: Float64Array, y: Float64Array) =>
    x.reduce((sum, value, i) => sum + value * (y[i] as number), 0);
  const scale = Math.sqrt(product(a, a) * product(b, b));
  return scale === 0 ? 0 : product(a, b) / scale;
}
