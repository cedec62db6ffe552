/**
 * Adjusts p-values of several tests so that the chance of any false finding stays at the level they are compared with
 * (Holm's step-down procedure; needs no independence).
 *
 * @param pValues one per test, from 0 to 1
 * @returns adjusted p-values in the same order
 * @throws RangeError if a p-value is outside its range
 * @see https://www.jstor.org/stable/4615733 Holm (1979)
 */
export function holm(pValues: readonly number[]): number[] {
  const adjusted = new Array<number>(pValues.length).fill(1);
  let largest = 0;
  const ascending = [...pValues.entries()].sort(([, a], [, b]) => a - b);
  for (const [rank, [test, pValue]] of ascending.entries()) {
    if (!(pValue >= 0 && pValue <= 1)) throw new RangeError(`p-value must be from 0 to 1; got ${pValue}`);
    largest = Math.max(largest, Math.min(1, pValue * (pValues.length - rank)));
    adjusted[test] = largest;
  }
  return adjusted;
}
