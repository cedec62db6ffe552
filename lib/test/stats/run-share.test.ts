import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { effectiveDegrees, runShare } from "../../src/stats/run-share.ts";

describe("runShare", () => {
  it("has the standard error of a ratio over runs of unequal size", () => {
    // 60 of 300: beyond their fifth the runs have 10, −10 and 0. So the variance is (200 · 3 / 2) / 300².
    const { share, standardError, deviations } = runShare([30, 10, 20], [100, 100, 100]);
    expect(share).toBeCloseTo(0.2, 12);
    expect([...deviations]).toEqual([10, -10, 0]);
    expect(standardError).toBeCloseTo(Math.sqrt(300) / 300, 12);
    // 60 of 300 again, in runs of 50, 100 and 150: beyond 10, 20 and 30 they have 5, −5 and 0.
    const unequal = runShare([15, 15, 30], [50, 100, 150]);
    expect(unequal.standardError).toBeCloseTo(Math.sqrt(75) / 300, 12);
  });

  it("has the binomial one where runs do not differ at all", () => {
    expect(runShare([10, 10], [100, 100]).standardError).toBeCloseTo(Math.sqrt((0.1 * 0.9) / 200), 12);
  });

  it("refuses a single run, and runs without a sample", () => {
    expect(() => runShare([1], [2])).toThrow(/at least 2 runs with samples; got 1 runs with 2 samples/);
    expect(() => runShare([0, 0], [0, 0])).toThrow(/got 2 runs with 0 samples/);
  });
});

describe("effectiveDegrees", () => {
  it("is runs − 1 for runs without tails, never more", () => {
    expect(effectiveDegrees(Float64Array.of(1, -1, 1, -1))).toBe(3);
    expect(effectiveDegrees(Float64Array.of(0, 0, 0))).toBe(2);
    expect(effectiveDegrees(Float64Array.of(2, -1, -1))).toBe(2);
  });

  it.each([
    [2, 1],
    [3, 2],
    [4, 3],
    // Kurtosis of n − 1 values −1 and one n − 1: (n² − 3n + 3) / (n − 1); with it, degrees are 2n (n − 1) / (n² − 4n + 6).
    [5, 40 / 11],
    [11, 220 / 83],
    [1000, 1_998_000 / 996_006],
    [1_000_000, 2 + 6e-6],
  ])("falls towards 2 where one run of many stands alone: of %i runs", (runs, degrees) => {
    const alone = Float64Array.from({ length: runs }, (_, run) => (run === 0 ? runs - 1 : -1));
    expect(effectiveDegrees(alone)).toBeCloseTo(degrees, 9);
  });

  it("is exactly 1 of two runs, and from 2 to runs − 1 of more, however they deviate", () => {
    const deviation = fc.integer({ min: -1000, max: 1000 });
    fc.assert(
      fc.property(fc.array(deviation, { minLength: 2, maxLength: 30 }), (deviations) => {
        const runs = deviations.length;
        const degrees = effectiveDegrees(Float64Array.from(deviations));
        expect(degrees).toBeGreaterThanOrEqual(Math.min(2, runs - 1) - 1e-9);
        expect(degrees).toBeLessThanOrEqual(runs - 1 + 1e-9);
      }),
    );
  });
});
