import type { Interval } from "./interval.ts";
import { countsAbove, type PooledRuns, pooledQuantile } from "./pooled-runs.ts";
import { hasTail } from "./quantile.ts";
import { runShare } from "./run-share.ts";
import { studentTQuantile } from "./student-t.ts";

export interface QuantileOptions {
  /** Nominal coverage (default 0.95). */
  readonly level?: number;
  /** How many observations must rank beyond the quantile on each side (default 10). */
  readonly minTail?: number;
}

/** Below so many runs a bound at the end of the sample is open. */
const fewRuns = 7;
/** Runs that agree by luck look precise: variance over independent samples is multiplied by 1 + (this / runs)² at least. */
const agreement = 5;

/**
 * Computes a quantile of pooled samples with an interval whose unit of replication is the run, or null where fewer than
 * `minTail` observations lie beyond it or fewer than 2 runs exist.
 *
 * Woodruff's interval: the share of samples beyond the estimate varies from run to run; its standard error, times a
 * t quantile, is a range of ranks, and the samples at these ranks are the bounds:
 *
 *     share  p − t·se ──── p ──── p + t·se          se: over runs, not over samples
 *               │          │          │
 *     delay    low     estimate     high             read off the pooled, sorted samples
 *
 * It needs no shape and no random numbers, and follows gaps and tails of the data. A percentile bootstrap of p99 from 20
 * runs covers 89–94 %, because a p99 estimated low also looks precise; this interval covers 94–95 % on the same designs
 * (lib/bench/coverage.ts, also for what it covers with fewer runs). The bounds never leave the sample: its largest value
 * stands where the runs cannot exclude more. With fewer than 7 runs, such a bound is marked as open: the few runs may all
 * be of one kind. Runs that happen to agree closer than independent samples would are not believed.
 *
 * @param pool samples of all runs, in any unit
 * @param p probability from 0 to 1
 * @throws RangeError if p or level is outside its range
 * @see https://doi.org/10.1080/01621459.1952.10483443 Woodruff (1952)
 * @see https://doi.org/10.1214/aos/1176347993 Francisco & Fuller (1991), for samples in clusters
 */
export function quantileInterval(
  pool: PooledRuns,
  p: number,
  { level = 0.95, minTail = 10 }: QuantileOptions = {},
): Interval | null {
  if (pool.runs < 2 || !hasTail(pool.sorted.length, p, minTail)) return null;
  const once = new Uint8Array(pool.runs).fill(1);
  const estimate = pooledQuantile(pool, p, once);
  const { standardError, degrees } = runShare(countsAbove(pool, estimate), pool.sizes);
  const independent = Math.sqrt((p * (1 - p)) / pool.sorted.length);
  const error = Math.max(standardError, independent * Math.sqrt(1 + (agreement / pool.runs) ** 2));
  const reach = studentTQuantile(0.5 + level / 2, degrees) * error;
  const low = pooledQuantile(pool, Math.max(0, p - reach), once);
  const high = pooledQuantile(pool, Math.min(1, p + reach), once);
  return {
    estimate,
    low,
    high,
    ...(pool.runs < fewRuns && low === pool.sorted.at(0) && { openLow: true }),
    ...(pool.runs < fewRuns && high === pool.sorted.at(-1) && { openHigh: true }),
    level,
    method: "Woodruff over runs",
    runs: pool.runs,
  };
}
