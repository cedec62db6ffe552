import { build } from "hdr-histogram-js";
import { hasTail } from "../stats/quantile.ts";

/**
 * Reads a quantile off an HDR histogram with three significant digits, as a load generator would report it, with its
 * error bound: a thousandth of the recorded value. Negative values are kept by an offset: the histogram itself
 * knows none. Null with fewer than ten samples beyond the quantile.
 *
 * @param byRun samples of each run, whole nanoseconds
 * @see https://hdrhistogram.github.io/HdrHistogram/
 */
export function hdrQuantile(
  byRun: readonly ArrayLike<number>[],
  p: number,
): { readonly estimate: number; readonly error: number } | null {
  const samples = byRun.flatMap((run) => Array.from(run));
  if (!hasTail(samples.length, p, 10)) return null;
  const lowest = samples.reduce((least, value) => Math.min(least, value), 0);
  const histogram = build({ bitBucketSize: 32, numberOfSignificantValueDigits: 3, autoResize: true });
  for (const value of samples) histogram.recordValue(value - lowest);
  const shifted = histogram.getValueAtPercentile(p * 100);
  return { estimate: shifted + lowest, error: shifted / 1000 };
}
