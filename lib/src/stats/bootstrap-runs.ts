import { errorFunction } from "simple-statistics";
import type { Interval } from "./interval.ts";
import { nearestRank } from "./nearest-rank.ts";
import { effectiveDegrees } from "./run-share.ts";
import { studentTQuantile } from "./student-t.ts";

export interface BootstrapOptions {
  /** Uniform numbers in [0, 1), such as `seededRandom(1)`. */
  readonly random: () => number;
  /** Number of resamples (default 2000). */
  readonly replicates?: number;
  /** Nominal coverage (default 0.95). */
  readonly level?: number;
}

/**
 * Computes the interval of any statistic by resampling whole runs with replacement, each group by itself. Null where the
 * statistic is NaN for the sample or for more than 1 % of the resamples, and where a group has fewer than 2 runs.
 *
 * Hesterberg's expanded percentile interval: plain percentiles of n runs are too narrow by √((n − 1) / n) and by the
 * difference between z and t; both are made good by reading further out. The t has the degrees of freedom that the
 * runs' influence leaves: fewer where a few runs carry the statistic. Influence is the covariance of the replicates
 * with the weights of each run, so no derivative of the statistic is needed.
 *
 * Meant for 10 runs or more per group; it cannot reach beyond what resamples of fewer show. Quantiles, their ratios and
 * their differences have closed intervals with better coverage: quantileInterval, tailRatio, effectRatio.
 *
 * @param groups anything that says how many `runs` it holds, such as `poolRuns(...)`
 * @param statistic computes the value from how often each run of a group is drawn; may return ±Infinity
 * @throws RangeError if replicates or level is outside its range
 * @see https://doi.org/10.1080/00031305.2015.1089789 Hesterberg (2015), section 5
 * @see https://doi.org/10.1017/CBO9780511802843 Davison & Hinkley (1997), section 2.7.4, influence by regression
 */
export function bootstrapRuns<Group extends { readonly runs: number }>(
  groups: readonly Group[],
  statistic: (weightsOf: (group: Group) => Uint32Array) => number,
  { random, replicates = 2000, level = 0.95 }: BootstrapOptions,
): Interval | null {
  if (!Number.isInteger(replicates) || replicates < 100) {
    throw new RangeError(`replicates must be an integer ≥ 100; got ${replicates}`);
  }
  const weights = new Map(groups.map((group) => [group, new Uint32Array(group.runs).fill(1)]));
  const weightsOf = (group: Group): Uint32Array => {
    const found = weights.get(group);
    if (found === undefined) throw new RangeError("group must be one of the bootstrapped groups");
    return found;
  };
  const estimate = statistic(weightsOf);
  if (Number.isNaN(estimate) || groups.some(({ runs }) => runs < 2)) return null;

  const values = new Float64Array(replicates);
  const drawn = [...weights.values()];
  const history = drawn.map((ofGroup) => new Uint32Array(replicates * ofGroup.length));
  for (let replicate = 0; replicate < replicates; replicate++) {
    for (const [g, ofGroup] of drawn.entries()) {
      resample(ofGroup, random);
      history[g]?.set(ofGroup, replicate * ofGroup.length);
    }
    values[replicate] = statistic(weightsOf);
  }
  const z = spread(values, history, drawn, level);
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  if (sorted.length < 0.99 * replicates) return null;
  return {
    estimate,
    low: sorted[nearestRank(sorted.length, normalProbability(-z)) - 1] as number,
    high: sorted[nearestRank(sorted.length, normalProbability(z)) - 1] as number,
    level,
    method: "bootstrap over runs, expanded percentile",
    runs: drawn.reduce((sum, ofGroup) => sum + ofGroup.length, 0),
  };
}

function resample(weights: Uint32Array, random: () => number): void {
  weights.fill(0);
  for (let draw = 0; draw < weights.length; draw++) {
    const run = Math.floor(random() * weights.length);
    weights[run] = (weights[run] as number) + 1;
  }
}

/** Returns how many standard deviations out to read: t of the effective degrees, and n / (n − 1) for each group. */
function spread(
  values: Float64Array,
  history: readonly Uint32Array[],
  groups: readonly Uint32Array[],
  level: number,
): number {
  const finite = values.filter(Number.isFinite);
  const mean = finite.reduce((sum, value) => sum + value, 0) / finite.length;
  let variance = 0;
  let unbiased = 0;
  let uncertainty = 0;
  for (const [g, { length: runs }] of groups.entries()) {
    const influence = influences(values, mean, history[g] as Uint32Array, runs);
    const ofGroup = influence.reduce((sum, one) => sum + one ** 2, 0);
    variance += ofGroup;
    unbiased += (ofGroup * runs) / (runs - 1);
    uncertainty += ofGroup ** 2 / effectiveDegrees(influence);
  }
  if (variance === 0) return studentTQuantile(0.5 + level / 2, 1);
  const t = studentTQuantile(0.5 + level / 2, Math.max(1, variance ** 2 / uncertainty));
  return t * Math.sqrt(unbiased / variance);
}

function influences(values: Float64Array, mean: number, drawn: Uint32Array, runs: number): Float64Array {
  const covariance = new Float64Array(runs);
  for (let replicate = 0; replicate < values.length; replicate++) {
    const offset = (values[replicate] as number) - mean;
    if (!Number.isFinite(offset)) continue;
    for (let run = 0; run < runs; run++) {
      covariance[run] =
        (covariance[run] as number) + offset * ((drawn[replicate * runs + run] as number) - 1);
    }
  }
  const centre = covariance.reduce((sum, one) => sum + one, 0) / runs;
  return covariance.map((one) => one - centre);
}

function normalProbability(z: number): number {
  return 0.5 * (1 + errorFunction(z / Math.SQRT2));
}
