/**
 * Returns the observations in ascending order, as a new array.
 *
 * @throws TypeError if one of them is not a number (null, undefined and NaN are missing values, never zeros)
 */
export function sortedNumbers(sample: ArrayLike<number>): Float64Array {
  for (let i = 0; i < sample.length; i++) {
    const value = sample[i];
    if (typeof value !== "number" || Number.isNaN(value)) {
      throw new TypeError(`observation ${i} must be a number; got ${value}: leave missing values out`);
    }
  }
  return Float64Array.from(sample).sort();
}
