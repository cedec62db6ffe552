import { type PooledRuns, pooledQuantile, poolRuns } from "./pooled-runs.ts";
import { shuffle } from "./random.ts";

export interface PermutationOptions {
  /** Uniform numbers in [0, 1), such as `seededRandom(1)`. */
  readonly random: () => number;
  /** Number of random relabellings (default 999). */
  readonly permutations?: number;
}

/** Returns the p-quantile of the pooled samples that a labelling gives to a group. */
export type GroupQuantile = (group: number, p: number) => number;

/**
 * Tests whether groups of runs differ, by dealing whole runs to the groups at random: returns the share of labellings,
 * the observed one included, whose statistic is at least as large. Exact where runs are exchangeable without an effect;
 * an effect of the replicate block, shared by all groups, only makes it cautious.
 *
 * simple-statistics has a permutation test of two means; it can return 0, which no finite number of relabellings shows.
 *
 * @param groups for each group, one array of samples per run
 * @param statistic computes a number from the groups' quantiles: the larger, the less alike they are
 * @returns the p-value, from 1 / (permutations + 1) to 1
 * @see https://doi.org/10.2202/1544-6115.1585 Phipson & Smyth (2010), Permutation p-values should never be zero
 */
export function permutationTest(
  groups: readonly (readonly ArrayLike<number>[])[],
  statistic: (quantileOf: GroupQuantile) => number,
  { random, permutations = 999 }: PermutationOptions,
): number {
  const filled = groups.map((runs) => runs.filter((samples) => samples.length > 0));
  const pool = poolRuns(filled.flat());
  const labels = filled.flatMap((runs, group) => runs.map(() => group));
  const observed = statistic(quantilesOf(pool, labels, groups.length));
  let asLarge = 1;
  for (let permutation = 0; permutation < permutations; permutation++) {
    if (statistic(quantilesOf(pool, shuffle(labels, random), groups.length)) >= observed) asLarge++;
  }
  return asLarge / (permutations + 1);
}

function quantilesOf(pool: PooledRuns, labels: readonly number[], groups: number): GroupQuantile {
  const weights = Array.from({ length: groups }, (_, group) =>
    Uint8Array.from(labels, (label) => (label === group ? 1 : 0)),
  );
  return (group, p) => pooledQuantile(pool, p, weights[group] ?? []);
}
