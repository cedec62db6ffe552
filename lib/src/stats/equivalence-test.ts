import { studentTProbability, studentTQuantile } from "./student-t.ts";

/** Whether two groups of runs differ by less than matters. */
export interface Equivalence {
  /** Mean of a − mean of b, in the unit of the runs, and the interval of 1 − 2 · alpha that lies within the margin if equivalent. */
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  /** The larger p-value of the two one-sided tests: not above the margin's lower end; not below its upper end. */
  readonly pValue: number;
  readonly degrees: number;
  readonly equivalent: boolean;
}

/**
 * Tests that the means of two groups differ by less than a margin, by two one-sided t tests with unequal variances (Welch).
 * Not finding a difference is no evidence of there being none; this is. Null with fewer than 2 runs a group or where no run
 * differs from another.
 *
 * @param a one number per run
 * @param b one number per run, in the same unit
 * @param margin the differences that do not matter, lower and upper end, around 0
 * @param alpha rate at which groups are called equivalent whose means differ by a margin
 * @throws RangeError if the margin is empty or alpha is not between 0 and 0.5
 * @see https://doi.org/10.1007/BF01068419 Schuirmann (1987), two one-sided tests for the equivalence of averages
 */
export function equivalenceTest(
  a: readonly number[],
  b: readonly number[],
  margin: { readonly from: number; readonly to: number },
  alpha = 0.05,
): Equivalence | null {
  if (!(margin.from < margin.to)) {
    throw new RangeError(`margin must have its lower end first; got ${margin.from} to ${margin.to}`);
  }
  if (!(alpha > 0 && alpha < 0.5)) throw new RangeError(`alpha must be between 0 and 0.5; got ${alpha}`);
  if (a.length < 2 || b.length < 2) return null;
  const [ofA, ofB] = [momentsOf(a), momentsOf(b)];
  const variance = ofA.variance + ofB.variance;
  if (variance === 0) return null;
  const error = Math.sqrt(variance);
  const degrees = variance ** 2 / (ofA.variance ** 2 / (a.length - 1) + ofB.variance ** 2 / (b.length - 1));
  const difference = ofA.mean - ofB.mean;
  const reach = studentTQuantile(1 - alpha, degrees) * error;
  const pValue = Math.max(
    1 - studentTProbability((difference - margin.from) / error, degrees),
    studentTProbability((difference - margin.to) / error, degrees),
  );
  return {
    difference,
    low: difference - reach,
    high: difference + reach,
    pValue,
    degrees,
    equivalent: pValue <= alpha,
  };
}

/** The mean, and its variance. */
function momentsOf(runs: readonly number[]) {
  const mean = runs.reduce((sum, value) => sum + value, 0) / runs.length;
  const squares = runs.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, variance: squares / (runs.length - 1) / runs.length };
}
