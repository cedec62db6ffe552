import type { Interval } from "./interval.ts";

type Bounds = Pick<Interval, "estimate" | "low" | "high" | "openLow" | "openHigh">;

/**
 * Computes the interval of a difference a − b from the intervals of a and b (MOVER, "method of variance estimates
 * recovery": the variance at a limit is taken from its distance to the estimate, so that skewed intervals stay skewed).
 *
 * @param a minuend, in the unit of the result
 * @param b subtrahend; the same level as a
 * @param correlation of the two estimates: 0 where they come from separate runs
 * @see https://doi.org/10.1002/sim.3095 Zou & Donner (2008)
 */
export function difference(a: Bounds, b: Bounds, correlation = 0): Bounds {
  const estimate = a.estimate - b.estimate;
  return {
    estimate,
    low: estimate - distance(a.estimate - a.low, b.high - b.estimate, correlation),
    high: estimate + distance(a.high - a.estimate, b.estimate - b.low, correlation),
    ...((a.openLow || b.openHigh) && { openLow: true }),
    ...((a.openHigh || b.openLow) && { openHigh: true }),
  };
}

/**
 * Computes the interval of a ratio a / b as a difference of logarithms, or null where a bound of a or b is not positive
 * and a ratio says nothing.
 *
 * @see https://doi.org/10.1177/0962280210383082 Donner & Zou (2012), Closed-form confidence intervals for functions
 */
export function ratio(a: Bounds, b: Bounds, correlation = 0): Bounds | null {
  if (!(a.low > 0 && b.low > 0)) return null;
  const logs = difference(logarithm(a), logarithm(b), correlation);
  return { ...logs, ...boundsBy(Math.exp, logs) };
}

function logarithm(bounds: Bounds): Bounds {
  return { ...bounds, ...boundsBy(Math.log, bounds) };
}

function boundsBy(monotone: (value: number) => number, { estimate, low, high }: Bounds): Bounds {
  return { estimate: monotone(estimate), low: monotone(low), high: monotone(high) };
}

function distance(a: number, b: number, correlation: number): number {
  return Math.sqrt(Math.max(0, a ** 2 + b ** 2 - 2 * correlation * a * b));
}
