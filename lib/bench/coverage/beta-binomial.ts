import { gaussian } from "../../test/stats/designs.ts";

/** Counts outcomes of trials whose rate differs from run to run, with this correlation of two trials of one run. */
export function betaBinomial(
  random: () => number,
  trials: number,
  rate: number,
  correlation: number,
): number {
  const ofRun = correlation === 0 ? rate : beta(random, rate, 1 / correlation - 1);
  let outcomes = 0;
  for (let trial = 0; trial < trials; trial++) if (random() < ofRun) outcomes++;
  return outcomes;
}

function beta(random: () => number, mean: number, size: number): number {
  const [a, b] = [gamma(random, mean * size), gamma(random, (1 - mean) * size)];
  return a / (a + b);
}

/** Marsaglia & Tsang (2000), https://doi.org/10.1145/358407.358414 */
function gamma(random: () => number, shape: number): number {
  if (shape < 1) return gamma(random, shape + 1) * (1 - random()) ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const x = gaussian(random);
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - random()) < (x * x) / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}
