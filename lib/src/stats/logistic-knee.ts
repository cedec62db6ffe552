import { logit } from "simple-statistics";
import { type BootstrapOptions, bootstrapRuns } from "./bootstrap-runs.ts";
import { firthLogistic, type LogisticFit } from "./firth-logistic.ts";
import type { Interval } from "./interval.ts";

/** The runs at one level of concurrency. */
export interface FailureLevel {
  /** Concurrency, > 0. */
  readonly at: number;
  /** Per run: failed requests, and all requests. */
  readonly failures: ArrayLike<number>;
  readonly requests: ArrayLike<number>;
}

export interface LogisticKnee {
  /** Concurrency at which the fitted failure rate passes `onsetRate`; null if outside the levels measured. */
  readonly onset: Interval | null;
  /** Concurrency at which it passes 50 %; null if outside the levels measured. */
  readonly midpoint: Interval | null;
  /** The curve itself, over the natural logarithm of concurrency. */
  readonly fit: LogisticFit;
  readonly onsetRate: number;
}

/**
 * Finds the knee of a failure rate by a logistic fit over the logarithm of concurrency: the knee is the onset, where the
 * fitted rate passes 5 %; the midpoint, where it passes 50 %, tells how steep the way up is. Null where there are fewer
 * than 2 levels with requests or where the rate does not rise.
 *
 * Intervals come from resampling the runs of each level. A bound can be Infinity: the runs do not exclude that the rate
 * never gets there.
 *
 * @param levels concurrency levels in any order
 * @param options random, replicates and level of the bootstrap; onsetRate (default 0.05)
 * @throws RangeError if a level is not above 0, or its counts are impossible
 */
export function logisticKnee(
  levels: readonly FailureLevel[],
  { onsetRate = 0.05, ...bootstrap }: BootstrapOptions & { readonly onsetRate?: number },
): LogisticKnee | null {
  const groups = levels.map(checked);
  const fitTo = (weightsOf: (group: Group) => ArrayLike<number>): LogisticFit | null =>
    firthLogistic(
      groups.map((group) => ({
        x: Math.log(group.at),
        outcomes: weighted(group.failures, weightsOf(group)),
        trials: weighted(group.requests, weightsOf(group)),
      })),
    );
  const fit = fitTo(({ runs }) => new Uint8Array(runs).fill(1));
  if (fit === null || !(fit.slope > 0)) return null;

  const lowest = Math.min(...groups.map(({ at }) => at));
  const highest = Math.max(...groups.map(({ at }) => at));
  const crossing = (rate: number): Interval | null => {
    const interval = bootstrapRuns(groups, (weightsOf) => passes(fitTo(weightsOf), rate), bootstrap);
    return interval && interval.estimate >= lowest && interval.estimate <= highest ? interval : null;
  };
  return { onset: crossing(onsetRate), midpoint: crossing(0.5), fit, onsetRate };
}

interface Group extends FailureLevel {
  readonly runs: number;
}

function checked(level: FailureLevel): Group {
  const { at, failures, requests } = level;
  if (!(at > 0)) throw new RangeError(`concurrency must be > 0; got ${at}`);
  if (failures.length !== requests.length) {
    throw new RangeError(
      `runs must have both counts; got ${failures.length} failures, ${requests.length} requests`,
    );
  }
  for (let run = 0; run < requests.length; run++) {
    const [failed, all] = [failures[run] as number, requests[run] as number];
    if (!(failed >= 0 && failed <= all)) {
      throw new RangeError(`failures must be from 0 to ${all} requests; got ${failed}`);
    }
  }
  return { ...level, runs: requests.length };
}

function passes(fit: LogisticFit | null, rate: number): number {
  if (fit === null || !(fit.slope > 0)) return Number.POSITIVE_INFINITY;
  return Math.exp((logit(rate) - fit.intercept) / fit.slope);
}

function weighted(counts: ArrayLike<number>, weights: ArrayLike<number>): number {
  let sum = 0;
  for (let run = 0; run < counts.length; run++) sum += (counts[run] as number) * (weights[run] as number);
  return sum;
}
