import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clusteredProportion, shareAboveInterval } from "../../src/stats/clustered-proportion.ts";
import { poolRuns } from "../../src/stats/pooled-runs.ts";
import { shareAbove } from "../../src/stats/share-above.ts";
import { wilsonInterval } from "../../src/stats/wilson-interval.ts";

describe("wilsonInterval", () => {
  it.each([
    // Newcombe (1998), Statistics in Medicine 17, 857–872, table I, method 3
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])("has the bounds of Newcombe's table for %i of %i", (successes, trials, low, high) => {
    const interval = wilsonInterval(successes, trials);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });

  it("stays in [0, 1], holds the estimate and mirrors", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (trials, share) => {
          const successes = Math.round(share * trials);
          const { estimate, low, high } = wilsonInterval(successes, trials);
          expect(low).toBeGreaterThanOrEqual(0);
          expect(low).toBeLessThanOrEqual(estimate);
          expect(high).toBeGreaterThanOrEqual(estimate);
          expect(high).toBeLessThanOrEqual(1);
          expect(wilsonInterval(trials - successes, trials).low).toBeCloseTo(1 - high, 12);
        },
      ),
    );
  });

  it("refuses more successes than trials, and no trials", () => {
    expect(() => wilsonInterval(3, 2)).toThrow(/successes must be from 0 to 2 trials; got 3/);
    expect(() => wilsonInterval(0, 0)).toThrow(/trials must be > 0; got 0/);
  });
});

describe("clusteredProportion", () => {
  it("is never narrower than Wilson's interval, and wider where runs differ", () => {
    const even = clusteredProportion([10, 10, 10, 10], [100, 100, 100, 100]);
    const uneven = clusteredProportion([0, 0, 0, 40], [100, 100, 100, 100]);
    const wilson = wilsonInterval(40, 400);
    expect(even?.designEffect).toBe(1);
    expect(even?.low).toBeLessThanOrEqual(wilson.low);
    // Σ(count − 10)² = 1200, so variance (1200 · 4/3) / 400² = 0.01 against 0.1 · 0.9 / 400 = 0.000225
    expect(uneven?.designEffect).toBeCloseTo(0.01 / 0.000225, 9);
    expect(uneven?.high).toBeGreaterThan(0.5);
    expect(uneven?.estimate).toBe(0.1);
  });

  it("counts no outcome at all as a design effect of 1, and needs two runs", () => {
    expect(clusteredProportion([0, 0, 0], [500, 500, 500])).toMatchObject({
      estimate: 0,
      low: 0,
      designEffect: 1,
    });
    expect(clusteredProportion([3], [500])).toBeNull();
  });

  it("is of 95 % where samples above a threshold are counted, unless told otherwise", () => {
    const pool = poolRuns([
      [1, 2, 6, 7],
      [1, 8, 2, 3],
      [9, 1, 5, 4],
    ]);
    expect(shareAboveInterval(pool, 5)).toEqual(clusteredProportion([2, 1, 1], [4, 4, 4], 0.95));
    expect(shareAboveInterval(pool, 5, 0.8)).toEqual(clusteredProportion([2, 1, 1], [4, 4, 4], 0.8));
  });
});

describe("shareAbove", () => {
  it("counts what is strictly above; nothing observed is null, not zero", () => {
    expect(shareAbove(Object.freeze([4, 5, 5.1, 60]), 5)).toBe(0.5);
    expect(shareAbove([], 5)).toBeNull();
    expect(() => shareAbove([1, Number.NaN], 0)).toThrow(/observation 1 must be a number/);
  });
});
