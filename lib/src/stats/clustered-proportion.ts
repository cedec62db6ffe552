import type { Interval } from "./interval.ts";
import { normalQuantile } from "./normal-quantile.ts";
import { countsAbove, type PooledRuns } from "./pooled-runs.ts";
import { runShare } from "./run-share.ts";
import { studentTQuantile } from "./student-t.ts";
import { wilsonInterval } from "./wilson-interval.ts";

/** A proportion with its interval over runs, and how much the runs widen it. */
export interface ClusteredProportion extends Interval {
  /** Variance over runs divided by the variance if all trials were independent; at least 1. */
  readonly designEffect: number;
}

/** Correlation of trials within a run, times runs, that agreeing runs do not exclude. */
const assumedCorrelation = 0.1;

/**
 * Computes the interval of a proportion whose trials come in runs: Wilson's, with the trials divided by the design
 * effect and by (t / z)², because the design effect itself is estimated from few runs. Null below 2 runs.
 *
 * Few runs that agree say little of how far runs differ, and with no outcome at all (or nothing else) they say nothing. So
 * the trials are divided by what a correlation of 0.1 / runs within runs would ask for, at least: of 5 runs without an
 * outcome none is known to below 1.5 %, however long they were. Whether rare runs fail as a whole is bounded by
 * `wilsonInterval(0, runs)` only (coverage on such designs: lib/bench/coverage.ts).
 *
 * @param outcomes per run, the number of trials with the outcome
 * @param trials per run, the number of trials
 * @param level nominal coverage, strictly between 0 and 1
 * @throws RangeError if a count is impossible
 * @see https://doi.org/10.1093/jssam/smy019 Franco, Little, Louis & Slud (2019), who compare such intervals
 */
export function clusteredProportion(
  outcomes: ArrayLike<number>,
  trials: ArrayLike<number>,
  level = 0.95,
): ClusteredProportion | null {
  if (outcomes.length !== trials.length) {
    throw new RangeError(
      `runs must have one outcome count each; got ${outcomes.length} for ${trials.length} runs`,
    );
  }
  const total = Array.from(trials).reduce((sum, count) => sum + count, 0);
  if (trials.length < 2 || total === 0) return null;
  const { share, standardError, degrees } = runShare(outcomes, trials);
  const independent = (share * (1 - share)) / total;
  const designEffect = independent > 0 ? Math.max(1, standardError ** 2 / independent) : 1;
  const widen = studentTQuantile(0.5 + level / 2, degrees) / normalQuantile(0.5 + level / 2);
  const least = 1 + (total / trials.length - 1) * Math.min(1, assumedCorrelation / trials.length);
  const effective = total / Math.max(designEffect * widen ** 2, least);
  return {
    ...wilsonInterval(share * effective, effective, level),
    estimate: share,
    method: "Wilson score, design effect over runs",
    runs: trials.length,
    designEffect,
  };
}

/** Computes the share of samples strictly above a threshold, with its interval over runs; null below 2 runs. */
export function shareAboveInterval(
  pool: PooledRuns,
  threshold: number,
  level = 0.95,
): ClusteredProportion | null {
  return clusteredProportion(countsAbove(pool, threshold), pool.sizes, level);
}
