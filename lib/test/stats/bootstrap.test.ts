import fc from "fast-check";
import { mean, sampleStandardDeviation } from "simple-statistics";
import { describe, expect, it } from "vitest";
import { bootstrapRuns } from "../../src/stats/bootstrap-runs.ts";
import { effectDifference, effectRatio } from "../../src/stats/effect-ratio.ts";
import { countsAbove, pooledQuantile, poolRuns } from "../../src/stats/pooled-runs.ts";
import { quantile } from "../../src/stats/quantile.ts";
import { quantileInterval } from "../../src/stats/quantile-interval.ts";
import { seededRandom } from "../../src/stats/random.ts";
import { samplesByRun } from "../../src/stats/samples-by-run.ts";
import { tailRatio } from "../../src/stats/tail-ratio.ts";
import { designs, drawRuns, gaussian } from "./designs.ts";

const bimodal = designs.find(({ name }) => name === "bimodal") ?? (designs[0] as (typeof designs)[number]);

describe("pooledQuantile", () => {
  it("is the quantile of the samples written out as often as their run is drawn", () => {
    const run = fc.array(fc.integer({ min: -5, max: 40 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(run, fc.integer({ min: 0, max: 3 })), { minLength: 1, maxLength: 6 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (drawn, p) => {
          const pool = poolRuns(drawn.map(([samples]) => samples));
          const written = drawn.flatMap(([samples, weight]) =>
            Array.from({ length: weight }, () => samples).flat(),
          );
          const exact = quantile(written, p, { minTail: 0 })?.estimate ?? Number.NaN;
          expect(
            pooledQuantile(
              pool,
              p,
              drawn.map(([, weight]) => weight),
            ),
          ).toBe(exact);
          expect([...countsAbove(pool, 7)]).toEqual(
            drawn.map(([samples]) => samples.filter((x) => x > 7).length),
          );
        },
      ),
    );
  });
});

describe("samplesByRun", () => {
  it("splits a column by run id, in order of the id, and leaves missing values out", () => {
    expect(samplesByRun([7, 3, 7, 3, 5], [1, 2, null, 4, undefined])).toEqual([
      Float64Array.of(2, 4),
      Float64Array.of(),
      Float64Array.of(1),
    ]);
    expect(() => samplesByRun([1], [])).toThrow(/equally long/);
  });
});

describe("bootstrapRuns", () => {
  it("gives the t interval of the mean of run means, where that is the right answer", () => {
    const random = seededRandom(11);
    const runs = Array.from({ length: 20 }, () => 100 + 10 * gaussian(random));
    const group = { runs: runs.length };
    const interval = bootstrapRuns(
      [group],
      (weightsOf) =>
        weightsOf(group).reduce((sum, weight, i) => sum + weight * (runs[i] ?? 0), 0) / runs.length,
      { random: seededRandom(1), replicates: 20_000 },
    );
    const halfWidth = (2.093 * sampleStandardDeviation(runs)) / Math.sqrt(20);
    expect(interval?.estimate).toBeCloseTo(mean(runs), 9);
    expect(interval?.low).toBeGreaterThan(mean(runs) - 1.15 * halfWidth);
    expect(interval?.low).toBeLessThan(mean(runs) - 0.85 * halfWidth);
    expect(interval?.high).toBeGreaterThan(mean(runs) + 0.85 * halfWidth);
    expect(interval?.high).toBeLessThan(mean(runs) + 1.15 * halfWidth);
    expect(interval?.runs).toBe(20);
  });

  it("is as wide as the t interval of ten runs, which percentiles of resamples are not", () => {
    // Without long tails, so that t has all of its 9 degrees of freedom; not at even steps, so that means are not either.
    const half = [0.53, 1.47, 2.31, 3.59, 4.41];
    const runs = [...half, ...half.map((value) => -value)];
    const group = { runs: runs.length };
    const interval = bootstrapRuns(
      [group],
      (weightsOf) => weightsOf(group).reduce((sum, weight, i) => sum + weight * (runs[i] ?? 0), 0) / 10,
      { random: seededRandom(1), replicates: 50_000 },
    );
    const width = (2 * 2.262157 * sampleStandardDeviation(runs)) / Math.sqrt(10);
    const share = ((interval?.high ?? 0) - (interval?.low ?? 0)) / width;
    // Percentiles at 2.262 standard deviations would give √(9 / 10) of it, about 0.94.
    expect(share).toBeGreaterThan(0.97);
    expect(share).toBeLessThan(1.01);
  });

  it.each([
    [3, null],
    [5, expect.objectContaining({ estimate: 1 })],
  ])(
    "allows one undefined resample in a hundred: those of %i runs that draw the first only",
    (runs, expected) => {
      // One of three runs alone: 1 resample in 27; one of five: 1 in 3125.
      const group = { runs };
      const statistic = (of: (group: { runs: number }) => Uint32Array) =>
        of(group)[0] === runs ? Number.NaN : of(group).reduce((sum, weight) => sum + weight, 0) / runs;
      expect(bootstrapRuns([group], statistic, { random: seededRandom(1) })).toEqual(expected);
    },
  );

  it("repeats with the seed", () => {
    const pool = poolRuns(drawRuns(bimodal, 8, 100, seededRandom(2)));
    const once = () =>
      bootstrapRuns([pool], (of) => pooledQuantile(pool, 0.5, of(pool)), { random: seededRandom(9) });
    expect(once()).toEqual(once());
  });

  it("says nothing about a single run or an undefined statistic", () => {
    const one = poolRuns([[1, 2, 3]]);
    const two = poolRuns([[1], [2]]);
    const random = seededRandom(1);
    expect(bootstrapRuns([one], () => 1, { random })).toBeNull();
    expect(bootstrapRuns([two], () => Number.NaN, { random })).toBeNull();
    expect(() => bootstrapRuns([two], () => 1, { random, replicates: 10 })).toThrow(/replicates must be/);
  });
});

describe("intervals of quantiles over runs", () => {
  const treated = poolRuns(drawRuns(bimodal, 20, 500, seededRandom(3)));
  const control = poolRuns(drawRuns(designs[0] as (typeof designs)[number], 20, 500, seededRandom(4)));

  it("agree with the bootstrap over runs, an independent method, within half their width", () => {
    const random = seededRandom(5);
    const pairs = [
      [
        quantileInterval(treated, 0.5),
        bootstrapRuns([treated], (of) => pooledQuantile(treated, 0.5, of(treated)), { random }),
      ],
      [
        quantileInterval(treated, 0.99),
        bootstrapRuns([treated], (of) => pooledQuantile(treated, 0.99, of(treated)), { random }),
      ],
      [
        effectDifference(treated, control, 0.99),
        bootstrapRuns(
          [treated, control],
          (of) => pooledQuantile(treated, 0.99, of(treated)) - pooledQuantile(control, 0.99, of(control)),
          { random },
        ),
      ],
    ] as const;
    for (const [closed, resampled] of pairs) {
      const width = (closed?.high ?? Number.NaN) - (closed?.low ?? Number.NaN);
      expect(closed?.estimate).toBe(resampled?.estimate);
      expect(Math.abs((closed?.low ?? 0) - (resampled?.low ?? 0))).toBeLessThan(width / 2);
      expect(Math.abs((closed?.high ?? 0) - (resampled?.high ?? 0))).toBeLessThan(width / 2);
    }
  });

  it("move with the samples, and ratios stay when all delays double", () => {
    const shifted = poolRuns(drawRuns(bimodal, 20, 500, seededRandom(3)).map((run) => run.map((x) => x + 3)));
    const doubled = poolRuns(drawRuns(bimodal, 20, 500, seededRandom(3)).map((run) => run.map((x) => x * 2)));
    const plain = quantileInterval(treated, 0.99);
    expect(quantileInterval(shifted, 0.99)?.low).toBeCloseTo((plain?.low ?? 0) + 3, 9);
    expect(tailRatio(doubled)).toEqual(
      expect.objectContaining({ estimate: expect.closeTo(tailRatio(treated)?.estimate ?? 0, 9) }),
    );
    expect(effectRatio(doubled, treated, 0.99)?.estimate).toBeCloseTo(2, 9);
  });

  it("print nothing where fewer than 10 observations lie beyond, runs are fewer than 2, or a ratio means nothing", () => {
    const few = poolRuns(drawRuns(bimodal, 2, 400, seededRandom(6)));
    expect(quantileInterval(few, 0.99)).toBeNull();
    expect(quantileInterval(poolRuns(drawRuns(bimodal, 1, 5000, seededRandom(6))), 0.5)).toBeNull();
    const early = poolRuns(drawRuns(bimodal, 20, 500, seededRandom(6)).map((run) => run.map((x) => x - 0.5)));
    expect(tailRatio(early)).toBeNull();
    expect(effectDifference(early, control, 0.5)).not.toBeNull();
  });
});
