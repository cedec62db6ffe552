import { seededRandom } from "../../src/stats/random.ts";

/** A simulated experiment: delays in ms gather at 0.5 and, for a share of tasks, at 40; runs differ at random. */
export interface Design {
  readonly name: string;
  /** Share of delays in the upper cluster. */
  readonly slowShare: number;
  /** Standard deviation, over runs, of the log odds of that share. */
  readonly shareSpread: number;
  /** Standard deviation, over runs, of the log of all delays. */
  readonly scaleSpread: number;
}

export const designs: readonly Design[] = [
  { name: "healthy", slowShare: 0, shareSpread: 0, scaleSpread: 0.1 },
  { name: "tail touched", slowShare: 0.01, shareSpread: 0.5, scaleSpread: 0.1 },
  { name: "bimodal", slowShare: 0.1, shareSpread: 0.5, scaleSpread: 0.1 },
  { name: "saturated", slowShare: 0.75, shareSpread: 0.5, scaleSpread: 0.1 },
];

/** Draws the delays of one run, in ms. */
export function drawRun(design: Design, samples: number, random: () => number): Float64Array {
  const logOdds = Math.log(design.slowShare / (1 - design.slowShare)) + design.shareSpread * gaussian(random);
  const slow = 1 / (1 + Math.exp(-logOdds));
  const scale = Math.exp(design.scaleSpread * gaussian(random));
  return Float64Array.from({ length: samples }, () =>
    random() < slow
      ? 40 * scale * Math.exp(0.25 * gaussian(random))
      : 0.5 * scale * Math.exp(0.3 * gaussian(random)),
  );
}

export function drawRuns(
  design: Design,
  runs: number,
  samples: number,
  random: () => number,
): Float64Array[] {
  return Array.from({ length: runs }, () => drawRun(design, samples, random));
}

/** The quantiles of endlessly many runs, to three digits, from one sample of each of a million runs. */
export function trueQuantiles(design: Design, seed = 1): (p: number) => number {
  const random = seededRandom(seed);
  const delays = Float64Array.from(
    { length: 1_000_000 },
    () => drawRun(design, 1, random)[0] as number,
  ).sort();
  return (p) => delays[Math.ceil(p * delays.length) - 1] as number;
}

export function gaussian(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** The share of delays in the upper cluster over endlessly many runs, by the midpoint rule over the runs' log odds. */
export function trueSlowShare({ slowShare, shareSpread }: Design): number {
  const logOdds = Math.log(slowShare / (1 - slowShare));
  let sum = 0;
  let weight = 0;
  for (let x = -8; x <= 8; x += 0.01) {
    const density = Math.exp(-(x ** 2) / 2);
    sum += density / (1 + Math.exp(-logOdds - shareSpread * x));
    weight += density;
  }
  return sum / weight;
}
