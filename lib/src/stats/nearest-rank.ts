/**
 * Returns the 1-based rank of the p-quantile among `count` sorted observations: the smallest k with k / count ≥ p.
 *
 * This is definition 1 of Hyndman & Fan, the inverse of the empirical distribution function. `count · p` is rounded up
 * after taking off 4 ulp, as R does, so that 100 · 0.07 = 7.000000000000001 has rank 7.
 *
 * @param count number of observations, ≥ 1
 * @param p probability from 0 to 1; 0 has rank 1
 * @throws RangeError if count or p is outside its range
 * @see https://doi.org/10.1080/00031305.1996.10473566 Hyndman & Fan (1996), Sample quantiles in statistical packages
 */
export function nearestRank(count: number, p: number): number {
  if (!Number.isInteger(count) || count < 1) {
    throw new RangeError(`count must be an integer ≥ 1; got ${count}: a quantile needs an observation`);
  }
  if (!(p >= 0 && p <= 1)) throw new RangeError(`p must be a probability from 0 to 1; got ${p}`);
  const exact = count * p;
  return Math.max(1, Math.ceil(exact * (1 - 4 * Number.EPSILON)));
}
