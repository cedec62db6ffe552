/** A share of all samples, and how far it varies from run to run. */
export interface RunShare {
  readonly share: number;
  /** Standard error over runs: what endlessly many bootstrap resamples of whole runs would show, unbiased. */
  readonly standardError: number;
  /** Degrees of freedom of that standard error: runs − 1, and fewer where a few runs carry the variation. */
  readonly degrees: number;
  /** One number per run: its outcomes beyond what the share predicts. They add up to 0. */
  readonly deviations: Float64Array;
}

/**
 * Estimates a share from runs as independent units: outcomes over samples, with the linearised variance of this ratio.
 * Where runs do not differ at all, the standard error is the binomial one instead of 0.
 *
 * @param outcomes per run, how many of its samples have the property
 * @param sizes per run, how many samples it has
 * @throws RangeError if there are fewer than 2 runs or no sample
 * @see https://doi.org/10.1007/978-1-4612-4378-6 Särndal, Swensson & Wretman (1992), the ratio estimator over clusters
 * @see https://doi.org/10.2307/3002019 Satterthwaite (1946) for degrees of freedom from the variance of a variance
 */
export function runShare(outcomes: ArrayLike<number>, sizes: ArrayLike<number>): RunShare {
  const runs = sizes.length;
  const samples = sum(sizes);
  if (runs < 2 || samples === 0) {
    throw new RangeError(
      `a share needs at least 2 runs with samples; got ${runs} runs with ${samples} samples`,
    );
  }
  const share = sum(outcomes) / samples;
  const deviations = Float64Array.from(outcomes, (count, run) => count - share * (sizes[run] as number));
  const squares = sum(deviations.map((deviation) => deviation ** 2));
  const variance = squares > 0 ? (squares * runs) / (runs - 1) : samples * share * (1 - share);
  return {
    share,
    standardError: Math.sqrt(variance) / samples,
    degrees: effectiveDegrees(deviations),
    deviations,
  };
}

/**
 * Returns the degrees of freedom of the variance of independent deviations whose kurtosis is as observed:
 * 2 / (excess kurtosis / n + 2 / (n − 1)), from n − 1 for short tails down towards 2 where one run of many stands alone.
 * Two runs have 1, more have 2 at least.
 *
 * @see https://doi.org/10.1080/00031305.2014.966589 O'Neill (2014), Some useful moment results in sampling problems
 */
export function effectiveDegrees(deviations: Float64Array): number {
  const n = deviations.length;
  const squares = sum(deviations.map((deviation) => deviation ** 2));
  if (squares === 0) return n - 1;
  const excess = (n * sum(deviations.map((deviation) => deviation ** 4))) / squares ** 2 - 3;
  return 2 / (Math.max(0, excess) / n + 2 / (n - 1));
}

function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i] as number;
  return total;
}
