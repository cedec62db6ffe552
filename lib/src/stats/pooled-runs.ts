import { nearestRank } from "./nearest-rank.ts";
import { sortOwned } from "./sort-owned.ts";

/**
 * The samples of several runs, sorted together, that still know which run each came from.
 *
 *     sorted  0.4 0.4 0.5 | 0.5 0.6 38. | 40. 41.     cut into blocks of `blockSize`
 *     owner    2   0   1  |  0   2   1  |  0   2
 *     before  [0 0 0]      [1 1 1]       [2 2 2]      per block: values of run 0, 1, 2 in the blocks before it
 *
 * A resample of whole runs is a weight for each run. Its quantile is found in `before` by bisection and then within one
 * block, instead of by sorting the resample.
 */
export interface PooledRuns {
  readonly runs: number;
  readonly sizes: Uint32Array;
  readonly sorted: Float64Array;
  readonly owner: Uint32Array;
  readonly before: Uint32Array;
}

const blockSize = 128;

/**
 * Pools the samples of runs; runs without a sample are left out.
 *
 * @param runsOfSamples one array of samples per run, in any order and any unit
 * @throws TypeError if a sample is not a number
 */
export function poolRuns(runsOfSamples: readonly ArrayLike<number>[]): PooledRuns {
  const samplesByRun = runsOfSamples.filter((samples) => samples.length > 0);
  const runs = samplesByRun.length;
  const sizes = Uint32Array.from(samplesByRun, (samples) => samples.length);
  const { sorted, owner } = sortOwned(samplesByRun);
  const before = new Uint32Array((Math.ceil(sorted.length / blockSize) + 1) * runs);
  for (let i = 0; i < sorted.length; i++) {
    const at = Math.floor(i / blockSize) * runs;
    if (i % blockSize === 0) before.copyWithin(at + runs, at, at + runs);
    const slot = at + runs + (owner[i] as number);
    before[slot] = (before[slot] as number) + 1;
  }
  return { runs, sizes, sorted, owner, before };
}

/**
 * Returns the nearest-rank quantile of the pooled samples, each run counted as often as its weight says; NaN if no
 * sample is left.
 *
 * @param pool the pooled runs
 * @param p probability from 0 to 1
 * @param weights one integer ≥ 0 per run
 */
export function pooledQuantile(pool: PooledRuns, p: number, weights: ArrayLike<number>): number {
  const { runs, sorted, owner, before } = pool;
  const count = weigh(pool.sizes, 0, runs, weights);
  if (count === 0) return Number.NaN;
  const rank = nearestRank(count, p);
  let low = 0;
  let high = before.length / runs - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (weigh(before, middle * runs, runs, weights) < rank) low = middle;
    else high = middle;
  }
  let reached = weigh(before, low * runs, runs, weights);
  let i = low * blockSize - 1;
  while (reached < rank) reached += weights[owner[++i] as number] as number;
  return sorted[i] as number;
}

/** Counts, for each run, its samples strictly above a threshold. */
export function countsAbove(pool: PooledRuns, threshold: number): Uint32Array {
  const counts = new Uint32Array(pool.runs);
  for (let i = pool.sorted.length - 1; i >= 0 && (pool.sorted[i] as number) > threshold; i--) {
    const run = pool.owner[i] as number;
    counts[run] = (counts[run] as number) + 1;
  }
  return counts;
}

function weigh(counts: Uint32Array, from: number, runs: number, weights: ArrayLike<number>): number {
  let sum = 0;
  for (let run = 0; run < runs; run++) sum += (counts[from + run] as number) * (weights[run] as number);
  return sum;
}
