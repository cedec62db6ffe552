import { build } from "hdr-histogram-js";
import { nearestRank } from "./nearest-rank.ts";

/** A quantile as a high dynamic range histogram reports it. */
export interface HdrQuantile {
  readonly estimate: number;
  /** The exact nearest-rank quantile is at most this far from the estimate, in the unit of the sample. */
  readonly errorBound: number;
}

/**
 * Computes the nearest-rank quantile through an HDR histogram, an independent implementation beside `quantile`.
 *
 * The histogram counts integers ≥ 0 only: it throws on negatives and cuts fractions off without a word. The sample is
 * therefore moved up by its minimum and must be whole numbers (nanoseconds). The bound follows: after the move, values
 * of d significant digits are kept to one part in 10^d, so it scales with estimate − minimum, not with the estimate.
 *
 * @param sample integers, negative ones too; null is returned for none
 * @param p probability from 0 to 1
 * @param digits significant decimal digits kept, 1 to 5 (default 3)
 * @throws TypeError if an observation is not a safe integer, RangeError if p or digits is outside its range
 * @see https://hdrhistogram.github.io/HdrHistogram/
 */
export function hdrQuantile(
  sample: ArrayLike<number>,
  p: number,
  digits: 1 | 2 | 3 | 4 | 5 = 3,
): HdrQuantile | null {
  if (sample.length === 0) return null;
  const { lowest, highest } = integerExtent(sample);
  const histogram = build({
    bitBucketSize: 32,
    autoResize: false,
    highestTrackableValue: Math.max(2, highest - lowest),
    numberOfSignificantValueDigits: digits,
  });
  for (let i = 0; i < sample.length; i++) histogram.recordValue((sample[i] as number) - lowest);
  const rank = nearestRank(sample.length, p);
  const moved = histogram.getValueAtPercentile((100 * rank) / sample.length);
  return { estimate: moved + lowest, errorBound: moved / 10 ** digits };
}

function integerExtent(sample: ArrayLike<number>): { lowest: number; highest: number } {
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < sample.length; i++) {
    const value = sample[i];
    if (typeof value !== "number" || !Number.isSafeInteger(value)) {
      throw new TypeError(
        `observation ${i} must be an integer; got ${value}: round to whole nanoseconds first`,
      );
    }
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
  }
  return { lowest, highest };
}
