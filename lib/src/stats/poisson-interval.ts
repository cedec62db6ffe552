import { mean, sampleVariance, sum } from "simple-statistics";
import { chiSquareQuantile } from "./chi-square.ts";
import type { Interval } from "./interval.ts";

/**
 * Computes the exact interval of a rate from a count of rare, independent events: the rates at which so many events or more,
 * and so few or fewer, would each have a probability of (1 − level) / 2.
 *
 * @param events number of events seen, a whole number ≥ 0
 * @param exposure how long, or how much, was looked at, > 0
 * @param level nominal coverage, strictly between 0 and 1
 * @throws RangeError if an argument is outside its range
 * @see https://doi.org/10.1093/biomet/28.3-4.437 Garwood (1936)
 */
export function poissonInterval(events: number, exposure: number, level = 0.95): Interval {
  if (!(Number.isInteger(events) && events >= 0)) {
    throw new RangeError(`events must be a whole number ≥ 0; got ${events}`);
  }
  if (!(exposure > 0 && Number.isFinite(exposure))) {
    throw new RangeError(`exposure must be > 0; got ${exposure}`);
  }
  const tail = (1 - level) / 2;
  // Twice the time to the n-th event, at one a unit of time, is chi-square distributed with 2 n degrees of freedom.
  const low = events === 0 ? 0 : chiSquareQuantile(tail, 2 * events) / 2;
  const high = chiSquareQuantile(1 - tail, 2 * events + 2) / 2;
  return {
    estimate: events / exposure,
    low: low / exposure,
    high: high / exposure,
    level,
    method: "exact, Poisson",
    runs: null,
  };
}

/**
 * Computes the interval of a rate from counts of events that may come in clusters, one count for each of several stretches of
 * equal length: the exact interval of as many independent events as these are worth, by how much more than a Poisson
 * variable the counts vary.
 *
 * @param counts events by stretch, whole numbers ≥ 0
 * @param exposure how long, or how much, was looked at in all, > 0
 * @see McCullagh and Nelder (1989), Generalized Linear Models, on counts that are over-dispersed
 */
export function clusteredPoissonInterval(
  counts: readonly number[],
  exposure: number,
  level = 0.95,
): Interval {
  const events = sum([...counts]);
  if (events === 0 || counts.length < 2) return poissonInterval(events, exposure, level);
  const dispersion = Math.max(1, sampleVariance([...counts]) / mean([...counts]));
  const independent = Math.max(1, Math.round(events / dispersion));
  const interval = poissonInterval(independent, (exposure * independent) / events, level);
  return { ...interval, method: "exact, Poisson, of independent events" };
}
