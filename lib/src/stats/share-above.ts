/**
 * Returns the share of observations strictly above a threshold, or null where there is no observation.
 *
 * @param sample observations in any unit
 * @param threshold in the unit of the sample
 * @throws TypeError if an observation or the threshold is not a number
 */
export function shareAbove(sample: ArrayLike<number>, threshold: number): number | null {
  if (Number.isNaN(threshold)) throw new TypeError(`threshold must be a number; got ${threshold}`);
  let above = 0;
  for (let i = 0; i < sample.length; i++) {
    const value = sample[i];
    if (typeof value !== "number" || Number.isNaN(value)) {
      throw new TypeError(`observation ${i} must be a number; got ${value}: leave missing values out`);
    }
    if (value > threshold) above++;
  }
  return sample.length === 0 ? null : above / sample.length;
}
