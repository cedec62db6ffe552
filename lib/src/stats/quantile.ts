import { nearestRank } from "./nearest-rank.ts";

/**
 * Returns the exact sample quantile, or null where fewer than `minTail` observations lie beyond it on either side.
 *
 * The definition is number 1 of Hyndman & Fan (nearest rank): the estimate is always a value that occurred. Their
 * definition 7, which simple-statistics, R and NumPy use by default, interpolates between neighbours; with delays that
 * gather at 0.5 ms and at 40 ms it would report delays in the gap that no task ever had, and it pulls a tail quantile
 * inwards. Nearest rank is also what HDR histograms compute and what a resample of whole runs yields.
 *
 * @param sample observations in any order and any unit; left unchanged
 * @param p probability from 0 to 1
 * @param options minTail: how many observations must rank strictly beyond the quantile, on each side (default 10)
 * @throws TypeError if an observation is not a number, RangeError if p is not a probability
 * @see https://doi.org/10.1080/00031305.1996.10473566 Hyndman & Fan (1996), Sample quantiles in statistical packages
 */
export function quantile(
  sample: ArrayLike<number>,
  p: number,
  { minTail = 10 }: { readonly minTail?: number } = {},
): { readonly estimate: number } | null {
  if (!hasTail(sample.length, p, minTail)) return null;
  const estimate = sortedNumbers(sample)[nearestRank(sample.length, p) - 1];
  return estimate === undefined ? null : { estimate };
}

/** Tells whether at least `minTail` of `count` observations rank beyond the p-quantile on each side of it. */
export function hasTail(count: number, p: number, minTail: number): boolean {
  if (count === 0) return false;
  const rank = nearestRank(count, p);
  return Math.min(rank - 1, count - rank) >= minTail;
}

/**
 * Returns the observations in ascending order, as a new array.
 *
 * @throws TypeError if one of them is not a number (null, undefined and NaN are missing values, never zeros)
 */
function sortedNumbers(sample: ArrayLike<number>): Float64Array {
  for (let i = 0; i < sample.length; i++) {
    const value = sample[i];
    if (typeof value !== "number" || Number.isNaN(value)) {
      throw new TypeError(`observation ${i} must be a number; got ${value}: leave missing values out`);
    }
  }
  return Float64Array.from(sample).sort();
}
