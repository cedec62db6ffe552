import { logit } from "simple-statistics";
import { clusteredProportion } from "./clustered-proportion.ts";
import type { Interval } from "./interval.ts";
import { isotonicRates } from "./isotonic-rates.ts";
import {
  type BoundedRate,
  contradictsLogConcavity,
  highestBetween,
  lowestBetween,
} from "./log-concave-rates.ts";

/** The runs at one level of load. */
export interface FailureLevel {
  /** The load, > 0. */
  readonly at: number;
  /** Per run: failed requests, and all requests. */
  readonly failures: ArrayLike<number>;
  readonly requests: ArrayLike<number>;
}

/** The load at which a failure rate passes a threshold, or why the levels do not tell. */
export type Crossing = FoundCrossing | NoCrossing;

export interface FoundCrossing {
  readonly interval: Interval;
  /** The last level that lies clearly below the threshold, and the first that lies clearly above it. */
  readonly below: number;
  readonly above: number;
  /** What the bounds assume of the rates between two levels; only `monotone` where the data contradict log-concavity. */
  readonly form: "log-concave" | "monotone";
}

export interface NoCrossing {
  readonly interval: null;
  readonly reason: string;
}

/**
 * Finds the load at which a failure rate passes a threshold, from the levels that bracket it; the interval turns a test of
 * each level around and admits what lies between levels.
 *
 *     rate   │                       ┬ 97.5 % bounds of each level, over runs
 *            │                 ┬     │
 *       5 %  ┼╌╌╌╌╌╌╌╌╌╌╌╌╌┬╌╌╌│╌╌╌╌╌┼╌╌     below: 15, the last level whose upper bound is under the threshold
 *            │      ┬      │   ┴     ┴       above: 20, the first whose lower bound is over it
 *            └──────┴──────┴───┴─────────
 *                  15     18   19   20       clients
 *
 * The estimate interpolates the monotone fit on the log-odds scale. The bounds lie where the band of the levels' bounds
 * passes the threshold. Between two levels the band is as wide as all curves allow whose F and 1 − F are log-concave, as
 * those of queues are around the knee: where the rate leaps from nothing to nearly all, that is the whole gap. A level
 * below a tenth of the threshold counts as none, since a background of rare failures does not tell where the rise begins.
 * Where three neighbouring levels contradict log-concavity, only the order of the levels is used.
 *
 * @param levels in any order
 * @param threshold a rate strictly between 0 and 1
 * @param level nominal coverage
 * @throws RangeError if a level is not above 0 or given twice, its counts are impossible, or the threshold is out of range
 * @see https://doi.org/10.1007/s00199-004-0514-4 Bagnoli & Bergstrom (2005), Log-concave probability
 */
export function thresholdCrossing(
  levels: readonly FailureLevel[],
  threshold: number,
  level = 0.95,
): Crossing {
  if (!(threshold > 0 && threshold < 1)) {
    throw new RangeError(`threshold must be a rate strictly between 0 and 1; got ${threshold}`);
  }
  const rates = [...levels].sort((a, b) => a.at - b.at).flatMap((one) => bounded(one, level));
  const below = rates.findLastIndex(({ high }) => high < threshold);
  const above = rates.findIndex(({ low }) => low > threshold);
  const percent = `${100 * threshold} %`;
  if (below < 0) return refused(`no level lies clearly below ${percent}`);
  if (above < 0) return refused(`no level lies clearly above ${percent}`);
  if (above < below) return refused(`rates pass ${percent} more than once`);
  if (rates.some(({ at }, i) => i > 0 && at === (rates[i - 1] as Level).at)) {
    throw new RangeError(`levels must differ; got ${rates.map(({ at }) => at).join(", ")}`);
  }

  const contradicted = contradictsLogConcavity(rates.slice(Math.max(0, below - 1), above + 2), threshold);
  const form = contradicted ? "monotone" : "log-concave";
  const [before, first] = [rates[below], rates[below + 1]] as [Level, Level];
  const [last, after] = [rates[above - 1], rates[above]] as [Level, Level];
  const isBelow = (share: number) => highestBetween(before, first, share, threshold) < threshold;
  const isNotAbove = (share: number) => lowestBetween(last, after, share, threshold) <= threshold;
  const low = contradicted ? before.at : placeBetween(before, first, lastHeld(isBelow).held);
  const high = contradicted ? after.at : placeBetween(last, after, lastHeld(isNotAbove).not);
  const estimate = Math.min(high, Math.max(low, interpolated(rates, threshold)));
  const runs = rates.reduce((sum, rate) => sum + rate.runs, 0);
  const method = `bracketing levels, ${form}`;
  return { interval: { estimate, low, high, level, method, runs }, below: before.at, above: after.at, form };
}

interface Level extends BoundedRate {
  readonly outcomes: number;
  readonly trials: number;
  readonly runs: number;
}

function refused(reason: string): NoCrossing {
  return { interval: null, reason };
}

/** A level of fewer than 2 runs has no bounds and is left out. */
function bounded({ at, failures, requests }: FailureLevel, level: number): Level[] {
  if (!(at > 0)) throw new RangeError(`load must be > 0; got ${at}`);
  for (let run = 0; run < requests.length; run++) {
    const [failed, all] = [failures[run] as number, requests[run] as number];
    if (!(failed >= 0 && failed <= all)) {
      throw new RangeError(`failures must be from 0 to ${all} requests; got ${failed}`);
    }
  }
  const share = clusteredProportion(failures, requests, level);
  if (share === null) return [];
  const trials = Array.from(requests).reduce((sum, count) => sum + count, 0);
  const { estimate, low, high } = share;
  return [
    { at, estimate, low, high, trials, outcomes: Math.round(estimate * trials), runs: requests.length },
  ];
}

/** Finds the share of the way between two levels up to which a condition holds, from both sides. */
function lastHeld(holds: (share: number) => boolean): { readonly held: number; readonly not: number } {
  let [held, not] = [0, 1];
  for (let step = 0; step < 40; step++) {
    const middle = (held + not) / 2;
    if (holds(middle)) held = middle;
    else not = middle;
  }
  return { held, not };
}

function placeBetween(from: Level, to: Level, share: number): number {
  return from.at + share * (to.at - from.at);
}

/** Half an outcome is added to each side, so that no rate is 0 or 1. */
function interpolated(rates: readonly Level[], threshold: number): number {
  const odds = isotonicRates(rates).map((rate, i) => {
    const { trials } = rates[i] as Level;
    return logit((rate * trials + 0.5) / (trials + 1));
  });
  const passed = Math.max(
    1,
    odds.findIndex((one) => one >= logit(threshold)),
  );
  const [a, b] = [odds[passed - 1], odds[passed]] as [number, number];
  const [from, to] = [rates[passed - 1], rates[passed]] as [Level, Level];
  return from.at + ((logit(threshold) - a) / (b - a)) * (to.at - from.at);
}
