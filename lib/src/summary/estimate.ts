import { clusteredProportion, shareAboveInterval } from "../stats/clustered-proportion.ts";
import { difference, ratio as quotient } from "../stats/contrast.ts";
import { effectDifference, effectRatio } from "../stats/effect-ratio.ts";
import { meanInterval } from "../stats/mean-interval.ts";
import { poolRuns } from "../stats/pooled-runs.ts";
import { quantile } from "../stats/quantile.ts";
import { quantileInterval } from "../stats/quantile-interval.ts";
import { shareAbove } from "../stats/share-above.ts";
import { tailRatio } from "../stats/tail-ratio.ts";
import type { Crossing } from "../stats/threshold-crossing.ts";
import { confidenceLevel } from "./confidence-level.ts";

/** An estimate with its interval over runs, of 95 % coverage unless a level surrounds it; null where the data cannot carry it. */
export interface Estimate {
  readonly estimate: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Set where a bound is only the end of the sample: so few runs do not exclude what lies beyond it. */
  readonly openLow?: true;
  readonly openHigh?: true;
  /** Where there is no estimate: why the data carry none, if more can be said than that. */
  readonly why?: string;
}

/** What data that do not carry an estimate give. */
export const missing: Estimate = { estimate: null, low: null, high: null };

/** Takes over the load at which a rate passes a threshold, or why there is none. */
export function crossingOf(crossing: Crossing): Estimate {
  return crossing.interval ?? { ...missing, why: crossing.reason };
}

/**
 * Divides two estimates, taken as independent; missing where one of them is, or is not surely above zero. Of the same runs, which
 * rise and fall together, the interval errs on the wide side.
 */
export function ratioOf(a: Estimate, b: Estimate): Estimate {
  const [above, below] = [bounded(a), bounded(b)];
  const why = a.why ?? b.why;
  return (above && below && quotient(above, below)) ?? { ...missing, ...(why !== undefined && { why }) };
}

/** Multiplies an estimate and its interval by a positive constant. */
export function scaled(of: Estimate, factor: number): Estimate {
  const times = (value: number | null) => (value === null ? null : value * factor);
  return { ...of, estimate: times(of.estimate), low: times(of.low), high: times(of.high) };
}

/** The samples of each run of a cell. */
export type Runs = readonly Float64Array[];

/** Estimates a quantile; missing with fewer than ten samples beyond it, without interval for a single run. */
export function quantileOf(runs: Runs, p: number): Estimate {
  return quantileInterval(poolRuns(runs), p, { level: confidenceLevel() }) ?? alone(pointQuantile(runs, p));
}

/** Estimates the mean, runs counting alike; without interval for a single run. */
export function meanOf(runs: Runs): Estimate {
  const means = meansOf(runs);
  return meanInterval(means, confidenceLevel()) ?? alone(means[0] ?? null);
}

/** Estimates by which factor the mean differs between two cells, runs counting alike; missing where one reaches zero. */
export function meanFactorOf(treatment: Runs, control: Runs): Estimate {
  const [a, b] = [treatment, control].map((runs) => meanInterval(meansOf(runs), confidenceLevel()));
  if (a && b) return quotient(a, b) ?? alone(null);
  return alone(ratio(meanOf(treatment).estimate, meanOf(control).estimate));
}

/**
 * Estimates by which factor one reading a run differs between two cells: geometric means, for readings that are skewed, such
 * as maxima. Missing where a reading is not positive.
 */
export function geometricFactorOf(treatment: Runs, control: Runs): Estimate {
  const [a, b] = [meansOf(treatment), meansOf(control)];
  if (a.length === 0 || b.length === 0 || [...a, ...b].some((mean) => mean <= 0)) return alone(null);
  const [logA, logB] = [a.map(Math.log), b.map(Math.log)];
  const [of, to] = [logA, logB].map((logs) => meanInterval(logs, confidenceLevel()));
  if (!of || !to) return alone(Math.exp(sum(logA) / a.length - sum(logB) / b.length));
  const { estimate, low, high } = difference(of, to);
  return { estimate: Math.exp(estimate), low: Math.exp(low), high: Math.exp(high) };
}

/** Estimates p99 : p50 of the same samples; missing where the median's interval reaches zero. */
export function tailRatioOf(runs: Runs): Estimate {
  const estimate = tailRatio(poolRuns(runs), { level: confidenceLevel() });
  if (estimate !== null || runs.length > 1) return estimate ?? alone(null);
  return alone(ratio(pointQuantile(runs, 0.99), pointQuantile(runs, 0.5)));
}

/** Estimates by which factor a quantile differs between two cells; missing where an interval of one reaches zero. */
export function factorOf(treatment: Runs, control: Runs, p: number): Estimate {
  const estimate = effectRatio(poolRuns(treatment), poolRuns(control), p, { level: confidenceLevel() });
  if (estimate !== null || (treatment.length > 1 && control.length > 1)) return estimate ?? alone(null);
  return alone(ratio(pointQuantile(treatment, p), pointQuantile(control, p)));
}

/** Estimates by how much a quantile differs between two cells. */
export function differenceOf(treatment: Runs, control: Runs, p: number): Estimate {
  const [a, b] = [pointQuantile(treatment, p), pointQuantile(control, p)];
  return (
    effectDifference(poolRuns(treatment), poolRuns(control), p, { level: confidenceLevel() }) ??
    alone(a === null || b === null ? null : a - b)
  );
}

/** Estimates a share from outcomes and trials of each run. */
export function shareOf(outcomes: readonly number[], trials: readonly number[]): Estimate {
  return (
    clusteredProportion(outcomes, trials, confidenceLevel()) ?? alone(ratio(sum(outcomes), sum(trials), 0))
  );
}

/** Outcomes and trials of each run. */
export type RunCounts = readonly [outcomes: readonly number[], trials: readonly number[]];

/** Estimates by how much a share differs between two cells. */
export function shareDifferenceOf(treatment: RunCounts, control: RunCounts): Estimate {
  const a = clusteredProportion(...treatment, confidenceLevel());
  const b = clusteredProportion(...control, confidenceLevel());
  if (a !== null && b !== null) return difference(a, b);
  const [x, y] = [shareOf(...treatment).estimate, shareOf(...control).estimate];
  return alone(x === null || y === null ? null : x - y);
}

/** Estimates the share of samples above a threshold, in the unit of the samples. */
export function shareAboveOf(runs: Runs, threshold: number): Estimate {
  return (
    shareAboveInterval(poolRuns(runs), threshold, confidenceLevel()) ??
    alone(shareAbove(pooled(runs), threshold))
  );
}

function bounded({ estimate, low, high, ...open }: Estimate) {
  if (estimate === null || low === null || high === null) return null;
  return [estimate, low, high].every(Number.isFinite) ? { estimate, low, high, ...open } : null;
}

function alone(estimate: number | null): Estimate {
  return { estimate, low: null, high: null };
}

/** Gives the mean of each run that has samples. */
export function meansOf(runs: Runs): number[] {
  return runs.filter(({ length }) => length > 0).map((samples) => sum(samples) / samples.length);
}

function pointQuantile(runs: Runs, p: number): number | null {
  return quantile(pooled(runs), p)?.estimate ?? null;
}

function ratio(a: number | null, b: number | null, least = Number.MIN_VALUE): number | null {
  return a === null || b === null || a < least || b <= 0 ? null : a / b;
}

function pooled(runs: Runs): number[] {
  return runs.flatMap((samples) => Array.from(samples));
}

function sum(values: readonly number[] | Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
