import type { AlphaSpending } from "./alpha-spending.ts";
import { normalTail } from "./normal-tail.ts";

/** One look at data that are still being gathered. */
export interface Look {
  /** Share of all planned information that is in. */
  readonly share: number;
  /** Standard score beyond which this look decides. */
  readonly bound: number;
  /** Nominal coverage of the interval that decides alike: one that lies wholly on a side of the margin. */
  readonly level: number;
}

/** Places of the grid on which scores are integrated. */
const places = 400;

/**
 * Computes bounds for several looks at growing data, such that all looks together err with the given rate: with each look a
 * spending function says how much of that rate is used, and the bound leaves just that much outside.
 *
 *     score │╲
 *           │ ╲___               beyond: decided, no further look
 *           │     ‾‾‾──────
 *         0 ┼───1───2───3───▶ look
 *           │      ___──────
 *           │ ╱‾‾‾
 *
 * Scores of successive looks are correlated as sums of independent parts are; their joint density is carried from look to
 * look by numerical integration.
 *
 * @param shares information at each look, rising, the last at most 1
 * @param spending such as {@link obrienFleming} of alpha-spending
 * @param alpha rate of both errors together, half of it spent on each side; strictly between 0 and 1
 * @throws RangeError if shares do not rise within (0, 1], or alpha is out of range
 * @see https://doi.org/10.2307/2343787 Armitage, McPherson & Rowe (1969), Repeated significance tests
 */
export function sequentialBounds(shares: readonly number[], spending: AlphaSpending, alpha = 0.05): Look[] {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`alpha must be strictly between 0 and 1; got ${alpha}`);
  if (shares.length === 0 || shares.some((share, i) => !(share > (shares[i - 1] ?? 0) && share <= 1))) {
    throw new RangeError(`shares must rise within (0, 1]; got ${shares.join(", ")}`);
  }
  let density: Density = { half: 0, weights: Float64Array.of(1) };
  let before = 0;
  return shares.map((share) => {
    const spread = Math.sqrt(share - before);
    const spent = 2 * (spending(share, alpha / 2) - spending(before, alpha / 2));
    const half = boundary(density, spread, spent);
    density = carried(density, spread, half);
    before = share;
    const bound = half / Math.sqrt(share);
    return { share, bound, level: 1 - 2 * normalTail(bound) };
  });
}

/** Weights of the sums at equal distances over [−half, half]: the chance to be there and still undecided. */
interface Density {
  readonly half: number;
  readonly weights: Float64Array;
}

function placeOf({ half, weights }: Density, i: number): number {
  return weights.length === 1 ? 0 : half * ((2 * i) / (weights.length - 1) - 1);
}

/** Finds the half width beyond which a further part takes just that much of the density. */
function boundary(density: Density, spread: number, spent: number): number {
  let [low, high] = [0, density.half + 10 * spread];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    let outside = 0;
    for (const [i, weight] of density.weights.entries()) {
      const at = placeOf(density, i);
      outside += weight * (normalTail((middle - at) / spread) + normalTail((middle + at) / spread));
    }
    if (outside > spent) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Simpson's rule over the new range. */
function carried(density: Density, spread: number, half: number): Density {
  const step = (2 * half) / places;
  const weights = Float64Array.from({ length: places + 1 }, (_, i) => {
    const at = -half + i * step;
    let sum = 0;
    for (const [j, weight] of density.weights.entries()) {
      const z = (at - placeOf(density, j)) / spread;
      sum += (weight * Math.exp((-z * z) / 2)) / (spread * Math.sqrt(2 * Math.PI));
    }
    const simpson = i === 0 || i === places ? 1 : i % 2 === 1 ? 4 : 2;
    return (sum * simpson * step) / 3;
  });
  return { half, weights };
}
