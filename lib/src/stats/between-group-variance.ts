import { chiSquareProbability, chiSquareQuantile } from "./chi-square.ts";
import { normalQuantile } from "./normal-quantile.ts";

/** An estimate of one group, and the variance of its error. */
export interface GroupEstimate {
  readonly estimate: number;
  /** Square of its standard error, > 0. */
  readonly variance: number;
}

/** How estimates of several groups scatter beyond their own errors. */
export interface BetweenGroups {
  /** Mean over groups, each weighed by both variances; with its interval. */
  readonly mean: number;
  readonly meanLow: number;
  readonly meanHigh: number;
  /** Variance between groups by Paule and Mandel, and its Q-profile interval; ≥ 0, in the unit of the estimate squared. */
  readonly variance: number;
  readonly varianceLow: number;
  readonly varianceHigh: number;
  /** Cochran's Q, and how likely one as large is if all groups were alike. */
  readonly q: number;
  readonly pValue: number;
  /** Share of the scatter that is between groups, from 0 to 1 (Higgins' I²). */
  readonly share: number;
}

/**
 * Estimates the variance between groups: the one at which the groups' squared distances from their mean, over both
 * variances, are as large as they should be. Assumes normal errors; the interval of the variance keeps its level then
 * however few groups there are.
 *
 * @param groups at least two
 * @param level nominal coverage, strictly between 0 and 1
 * @throws RangeError with fewer than two groups or a variance that is not above zero
 * @see https://doi.org/10.6028/jres.087.022 Paule & Mandel (1982)
 * @see https://doi.org/10.1002/sim.2514 Viechtbauer (2007), the Q-profile interval
 */
export function betweenGroups(groups: readonly GroupEstimate[], level = 0.95): BetweenGroups {
  if (groups.length < 2) throw new RangeError(`groups must be two or more; got ${groups.length}`);
  const wrong = groups.find(({ variance }) => !(variance > 0 && Number.isFinite(variance)));
  if (wrong) throw new RangeError(`variance of a group must be > 0; got ${wrong.variance}`);
  const degrees = groups.length - 1;
  const q = scatter(groups, 0);
  const variance = varianceAt(groups, degrees);
  const { mean, standardError } = weigh(groups, variance);
  const reach = normalQuantile(0.5 + level / 2) * standardError;
  const typical = typicalVariance(groups);
  return {
    mean,
    meanLow: mean - reach,
    meanHigh: mean + reach,
    variance,
    varianceLow: varianceAt(groups, chiSquareQuantile(0.5 + level / 2, degrees)),
    varianceHigh: varianceAt(groups, chiSquareQuantile(0.5 - level / 2, degrees)),
    q,
    pValue: 1 - chiSquareProbability(q, degrees),
    share: variance / (variance + typical),
  };
}

/** Sum of squared distances from the mean, each over both variances; falls as the variance between groups grows. */
function scatter(groups: readonly GroupEstimate[], between: number): number {
  const { mean } = weigh(groups, between);
  return groups.reduce(
    (sum, { estimate, variance }) => sum + (estimate - mean) ** 2 / (variance + between),
    0,
  );
}

function weigh(groups: readonly GroupEstimate[], between: number): { mean: number; standardError: number } {
  const weights = groups.map(({ variance }) => 1 / (variance + between));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = groups.reduce((sum, { estimate }, i) => sum + ((weights[i] ?? 0) / total) * estimate, 0);
  return { mean, standardError: Math.sqrt(1 / total) };
}

/** The variance between groups at which the scatter is this large; zero where it is smaller even without. */
function varianceAt(groups: readonly GroupEstimate[], wanted: number): number {
  if (scatter(groups, 0) <= wanted) return 0;
  let [low, high] = [0, Math.max(...groups.map(({ variance }) => variance))];
  while (scatter(groups, high) > wanted) [low, high] = [high, 2 * high];
  while (high - low > 1e-12 * high) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (scatter(groups, middle) > wanted) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** What stands for the groups' own variances beside the one between them (Higgins & Thompson 2002). */
function typicalVariance(groups: readonly GroupEstimate[]): number {
  const weights = groups.map(({ variance }) => 1 / variance);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const squares = weights.reduce((sum, weight) => sum + weight ** 2, 0);
  return ((groups.length - 1) * total) / (total ** 2 - squares);
}
