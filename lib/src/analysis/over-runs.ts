import { type PooledRuns, pooledQuantile, poolRuns } from "../stats/pooled-runs.ts";
import { hasTail } from "../stats/quantile.ts";
import { seededRandom } from "../stats/random.ts";

/** An estimate with its 95 % interval; null where the data cannot carry it. */
export interface Estimate {
  readonly estimate: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

export const noEstimate: Estimate = { estimate: null, low: null, high: null };

/** Gives a quantile of one group's pooled samples; null with fewer than ten samples beyond it. */
export type QuantileOf = (group: number, p: number) => number | null;

export interface OverRunsOptions {
  /** The groups come from the same runs, in the same order: a resample takes the same runs of each. */
  readonly paired?: boolean;
  readonly resamples?: number;
}

/**
 * Estimates a statistic of quantiles, with a percentile bootstrap that resamples whole runs: samples of one run share
 * its fate and are no replicates of each other. A single run has an estimate and no interval.
 *
 * @param groups for each group, the samples of each of its runs
 * @param statistic combines quantiles of the groups; null where it has no value
 * @see https://doi.org/10.1007/978-1-4899-4541-9 Efron & Tibshirani (1993), An introduction to the bootstrap, ch. 8
 */
export function overRuns(
  groups: readonly (readonly ArrayLike<number>[])[],
  statistic: (quantile: QuantileOf) => number | null,
  { paired = false, resamples = 2000 }: OverRunsOptions = {},
): Estimate {
  const pools = groups.map(poolRuns);
  const all = pools.map(({ runs }) => new Uint32Array(runs).fill(1));
  const estimate = statistic((group, p) => {
    const pool = pools[group] as PooledRuns;
    return hasTail(pool.sorted.length, p, 10) ? pooledQuantile(pool, p, all[group] as Uint32Array) : null;
  });
  if (estimate === null) return noEstimate;
  if (pools.some(({ runs }) => runs < 2)) return { estimate, low: null, high: null };

  const random = seededRandom(1);
  const draws: number[] = [];
  for (let draw = 0; draw < resamples; draw++) {
    const first = weights(pools[0] as PooledRuns, random);
    const drawn = pools.map((pool, group) => (group === 0 || paired ? first : weights(pool, random)));
    const value = statistic((group, p) =>
      pooledQuantile(pools[group] as PooledRuns, p, drawn[group] as Uint32Array),
    );
    if (value !== null) draws.push(value);
  }
  return { estimate, ...bounds(draws) };
}

/** Estimates a share (parts over wholes, summed over runs) with the same bootstrap. */
export function shareOverRuns(
  parts: readonly number[],
  wholes: readonly number[],
  resamples = 2000,
): Estimate {
  const of = (weight: ArrayLike<number>): number | null => {
    let part = 0;
    let whole = 0;
    for (const [run, count] of parts.entries()) {
      part += count * (weight[run] as number);
      whole += (wholes[run] as number) * (weight[run] as number);
    }
    return whole === 0 ? null : part / whole;
  };
  const runs = parts.length;
  const estimate = of(new Uint32Array(runs).fill(1));
  if (estimate === null) return noEstimate;
  if (runs < 2) return { estimate, low: null, high: null };
  const random = seededRandom(1);
  const draws = Array.from({ length: resamples }, () => of(weights({ runs }, random)));
  return { estimate, ...bounds(draws.filter((draw) => draw !== null)) };
}

function weights({ runs }: { readonly runs: number }, random: () => number): Uint32Array {
  const drawn = new Uint32Array(runs);
  for (let run = 0; run < runs; run++) {
    const taken = Math.floor(random() * runs);
    drawn[taken] = (drawn[taken] as number) + 1;
  }
  return drawn;
}

function bounds(draws: readonly number[]): { readonly low: number | null; readonly high: number | null } {
  const pool = poolRuns([draws]);
  if (draws.length === 0) return { low: null, high: null };
  return { low: pooledQuantile(pool, 0.025, [1]), high: pooledQuantile(pool, 0.975, [1]) };
}
