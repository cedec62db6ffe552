import { linearRegression, linearRegressionLine, mean, rSquared } from "simple-statistics";
import { bootstrapRuns } from "./bootstrap-runs.ts";
import { effectRatio } from "./effect-ratio.ts";
import type { Interval } from "./interval.ts";
import { permutationTest } from "./permutation-test.ts";
import { type PooledRuns, pooledQuantile, poolRuns } from "./pooled-runs.ts";
import { hasTail } from "./quantile.ts";

/** The runs at one level of load. */
export interface LoadLevel {
  /** The level, e.g. the number of blockers. */
  readonly at: number;
  /** One array of samples per run. */
  readonly runs: readonly ArrayLike<number>[];
}

export interface SaturationOptions {
  /** Uniform numbers in [0, 1), such as `seededRandom(1)`. */
  readonly random: () => number;
  /** Probability of the quantile that jumps (default 0.99). */
  readonly p?: number;
  /** Resamples for the location (default 2000) and relabellings for the test (default 999). */
  readonly replicates?: number;
  readonly permutations?: number;
  /** Nominal coverage (default 0.95). */
  readonly level?: number;
  /** Observations that must lie beyond the quantile at each level (default 10). */
  readonly minTail?: number;
}

export interface SaturationPoint {
  /** First level after the jump. */
  readonly location: Interval;
  /** Quantile at that level over the quantile at the level before; null where an effect ratio is. Read it with the
   * p-value: the place was chosen for its jump. */
  readonly step: Interval | null;
  /** Geometric means of the quantile before and after the jump, in the unit of the samples. */
  readonly before: number;
  readonly after: number;
  /** Chance of a jump this clear, anywhere, if the level made no difference. */
  readonly pValue: number;
  /** Shares of the variance of the log quantile over levels that a jump and that a straight line explain: a ramp is
   * a change too, but no cliff. */
  readonly explainedByStep: number;
  readonly explainedByLine: number;
}

/**
 * Finds where a quantile of the delay jumps up as load rises: the least-squares change point (at most one, upwards) of
 * the log of the pooled quantile over the levels. Null where a level has too small a tail, fewer than 2 runs or a
 * quantile ≤ 0, or where no split goes up.
 *
 *     log p99   ·         ·  ·  ·  after          the split with the largest
 *               │        ┌──────                  √(n₁ n₂ / n) · (mean₂ − mean₁)
 *               │ ·  ·  ·┘ before
 *               └─0──1──2──3──4──5  blockers      location: 3
 *
 * The interval of the location comes from resampling the runs of each level; the p-value from dealing all runs to the
 * levels at random, which holds the nominal rate over all places at once.
 *
 * @param levels at least 3, in ascending order of `at`
 * @throws RangeError if there are fewer levels or their order is another
 * @see https://mpra.ub.uni-muenchen.de/32878/ Bai (1994), Least squares estimation of a shift in linear processes
 */
export function saturationPoint(
  levels: readonly LoadLevel[],
  { random, p = 0.99, replicates = 2000, permutations = 999, level = 0.95, minTail = 10 }: SaturationOptions,
): SaturationPoint | null {
  if (levels.length < 3 || levels.some(({ at }, i) => i > 0 && !(at > (levels[i - 1] as LoadLevel).at))) {
    throw new RangeError(
      `levels must be 3 or more in ascending order; got ${levels.map(({ at }) => at).join(", ")}`,
    );
  }
  const pools = levels.map(({ runs }) => poolRuns(runs));
  if (pools.some((pool) => pool.runs < 2 || !hasTail(pool.sorted.length, p, minTail))) return null;
  const logs = pools.map((pool) => Math.log(pooledQuantile(pool, p, new Uint8Array(pool.runs).fill(1))));
  const jump = largestJump(logs);
  if (jump === null || !logs.every(Number.isFinite)) return null;

  const location = bootstrapRuns(
    pools,
    (weightsOf) => {
      const found = largestJump(pools.map((pool) => Math.log(pooledQuantile(pool, p, weightsOf(pool)))));
      return found === null ? Number.POSITIVE_INFINITY : (levels[found.index] as LoadLevel).at;
    },
    { random, replicates, level },
  );
  if (location === null) return null;
  const pValue = permutationTest(
    levels.map(({ runs }) => runs),
    (quantileOf) => largestJump(levels.map((_, group) => Math.log(quantileOf(group, p))))?.contrast ?? 0,
    { random, permutations },
  );
  const before = mean(logs.slice(0, jump.index));
  const after = mean(logs.slice(jump.index));
  const points = levels.map(({ at }, i) => [at, logs[i] as number]);
  const first = (levels[jump.index] as LoadLevel).at;
  return {
    location,
    step: effectRatio(pools[jump.index] as PooledRuns, pools[jump.index - 1] as PooledRuns, p, {
      level,
      minTail,
    }),
    before: Math.exp(before),
    after: Math.exp(after),
    pValue,
    explainedByStep: rSquared(points, (at) => (at < first ? before : after)),
    explainedByLine: rSquared(points, linearRegressionLine(linearRegression(points))),
  };
}

/** Finds the split of values into a lower start and a higher end with the largest contrast; null if none goes up. */
function largestJump(values: readonly number[]): { index: number; contrast: number } | null {
  const total = values.reduce((sum, value) => sum + value, 0);
  let best: { index: number; contrast: number } | null = null;
  let start = 0;
  for (let index = 1; index < values.length; index++) {
    start += values[index - 1] as number;
    const rest = values.length - index;
    const rise = (total - start) / rest - start / index;
    const contrast = Math.sqrt((index * rest) / values.length) * rise;
    if (contrast > (best?.contrast ?? 0)) best = { index, contrast };
  }
  return best;
}
