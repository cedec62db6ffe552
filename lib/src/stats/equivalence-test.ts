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
 * Tests that the means of two groups differ by less than a margin, by two one-sided t tests with unequal variances (Welch;
 * of trimmed means, Yuen). Not finding a difference is no evidence of there being none; this is. Null with fewer than 2 runs
 * a group after trimming, or where no run differs from another.
 *
 * @param a one number per run
 * @param b one number per run, in the same unit
 * @param margin the differences that do not matter, lower and upper end, around 0
 * @param alpha rate at which groups are called equivalent whose means differ by a margin
 * @param trim share of the runs of a group that is left out at each end, so that rare slow runs do not decide
 * @throws RangeError if the margin is empty, or alpha or trim is not below 0.5
 * @see https://doi.org/10.1007/BF01068419 Schuirmann (1987), two one-sided tests for the equivalence of averages
 * @see https://doi.org/10.1093/biomet/61.1.165 Yuen (1974), The two-sample trimmed t for unequal population variances
 */
export function equivalenceTest(
  a: readonly number[],
  b: readonly number[],
  margin: { readonly from: number; readonly to: number },
  alpha = 0.05,
  trim = 0,
): Equivalence | null {
  if (!(margin.from < margin.to)) {
    throw new RangeError(`margin must have its lower end first; got ${margin.from} to ${margin.to}`);
  }
  if (!(alpha > 0 && alpha < 0.5)) throw new RangeError(`alpha must be between 0 and 0.5; got ${alpha}`);
  if (!(trim >= 0 && trim < 0.5)) throw new RangeError(`trim must be from 0 to below 0.5; got ${trim}`);
  const [ofA, ofB] = [momentsOf(a, trim), momentsOf(b, trim)];
  if (ofA.kept < 2 || ofB.kept < 2) return null;
  const variance = ofA.variance + ofB.variance;
  if (variance === 0) return null;
  const error = Math.sqrt(variance);
  const degrees = variance ** 2 / (ofA.variance ** 2 / (ofA.kept - 1) + ofB.variance ** 2 / (ofB.kept - 1));
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

/** The trimmed mean, its variance by the Winsorised runs, and the runs it is of. */
function momentsOf(runs: readonly number[], trim: number) {
  const cut = Math.floor(trim * runs.length);
  const sorted = runs.toSorted((a, b) => a - b);
  const inner = sorted.slice(cut, sorted.length - cut);
  const kept = inner.length;
  const ends = [inner[0], inner.at(-1)].flatMap((end) => new Array<number>(cut).fill(end as number));
  const winsorised = [...inner, ...ends];
  const mean = average(inner);
  const centre = average(winsorised);
  const squares = winsorised.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return { kept, mean, variance: squares / (kept * (kept - 1)) };
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
