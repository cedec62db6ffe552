/** Trials at one value of the predictor. */
export interface BinomialGroup {
  readonly x: number;
  readonly outcomes: number;
  readonly trials: number;
}

/** log(p / (1 − p)) = intercept + slope · x */
export interface LogisticFit {
  readonly intercept: number;
  readonly slope: number;
}

/**
 * Fits a logistic curve to grouped trials by Firth's penalised likelihood, or returns null where fewer than 2 values of
 * x have trials.
 *
 * Plain maximum likelihood has no solution when failures go from none to all between two neighbouring levels, which is
 * what a cliff does; Firth's penalty (Jeffreys' prior) is finite there and negligible with thousands of requests.
 * simple-statistics has no logistic fit.
 *
 * @see https://doi.org/10.1093/biomet/80.1.27 Firth (1993), Bias reduction of maximum likelihood estimates
 * @see https://doi.org/10.1002/sim.1047 Heinze & Schemper (2002), a solution to the problem of separation
 */
export function firthLogistic(groups: readonly BinomialGroup[]): LogisticFit | null {
  const used = groups.filter(({ trials }) => trials > 0);
  if (new Set(used.map(({ x }) => x)).size < 2) return null;
  const total = used.reduce((sum, { trials }) => sum + trials, 0);
  const centre = used.reduce((sum, { x, trials }) => sum + x * trials, 0) / total;
  const centred = used.map((group) => ({ ...group, x: group.x - centre }));
  let fit: LogisticFit = { intercept: 0, slope: 0 };
  let likelihood = penalisedLikelihood(centred, fit);
  for (let iteration = 0; iteration < 100; iteration++) {
    const step = newtonStep(centred, fit);
    let scale = Math.min(1, 5 / Math.max(Math.abs(step.intercept), Math.abs(step.slope)));
    let next = moved(fit, step, scale);
    let reached = penalisedLikelihood(centred, next);
    for (; !(reached >= likelihood) && scale > 1e-6; scale /= 2) {
      next = moved(fit, step, scale / 2);
      reached = penalisedLikelihood(centred, next);
    }
    const change = Math.abs(next.intercept - fit.intercept) + Math.abs(next.slope - fit.slope);
    if (reached >= likelihood) [fit, likelihood] = [next, reached];
    if (change < 1e-9 || !(reached >= likelihood)) break;
  }
  return { intercept: fit.intercept - fit.slope * centre, slope: fit.slope };
}

function moved(fit: LogisticFit, step: LogisticFit, scale: number): LogisticFit {
  return { intercept: fit.intercept + scale * step.intercept, slope: fit.slope + scale * step.slope };
}

function chance({ intercept, slope }: LogisticFit, x: number): number {
  return 1 / (1 + Math.exp(-(intercept + slope * x)));
}

/** Entries of Xᵀ W X. */
function information(groups: readonly BinomialGroup[], fit: LogisticFit) {
  let a = 0;
  let b = 0;
  let c = 0;
  for (const { x, trials } of groups) {
    const p = chance(fit, x);
    const weight = trials * p * (1 - p);
    a += weight;
    b += weight * x;
    c += weight * x * x;
  }
  return { a, b, c, determinant: a * c - b * b };
}

function penalisedLikelihood(groups: readonly BinomialGroup[], fit: LogisticFit): number {
  let sum = 0.5 * Math.log(information(groups, fit).determinant);
  for (const { x, outcomes, trials } of groups) {
    const odds = fit.intercept + fit.slope * x;
    const log1pExp = odds > 0 ? odds + Math.log1p(Math.exp(-odds)) : Math.log1p(Math.exp(odds));
    sum += outcomes * odds - trials * log1pExp;
  }
  return sum;
}

function newtonStep(groups: readonly BinomialGroup[], fit: LogisticFit): LogisticFit {
  const { a, b, c, determinant } = information(groups, fit);
  let u = 0;
  let v = 0;
  for (const { x, outcomes, trials } of groups) {
    const p = chance(fit, x);
    const leverage = (trials * p * (1 - p) * (c - 2 * b * x + a * x * x)) / determinant;
    const residual = outcomes - trials * p + leverage * (0.5 - p);
    u += residual;
    v += residual * x;
  }
  return { intercept: (c * u - b * v) / determinant, slope: (a * v - b * u) / determinant };
}
