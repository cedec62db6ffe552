import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hdrQuantile } from "../../src/stats/hdr-quantile.ts";
import { nearestRank } from "../../src/stats/nearest-rank.ts";
import { quantile } from "../../src/stats/quantile.ts";

const whole = { minTail: 0 };
const integers = fc.array(fc.integer({ min: -1_000_000, max: 2_000_000_000_000 }), {
  minLength: 1,
  maxLength: 300,
});
const probability = fc.double({ min: 0, max: 1, noNaN: true });

describe("quantile", () => {
  it("agrees with R's quantile(x, type = 1) on the twenty-number textbook sample", () => {
    // R: quantile(c(3,6,7,8,8,10,13,15,16,20), c(0,.25,.5,.75,1), type = 1) gives 3 7 8 15 20
    const ten = Object.freeze([20, 16, 15, 13, 10, 8, 8, 7, 6, 3]);
    expect([0, 0.25, 0.5, 0.75, 1].map((p) => quantile(ten, p, whole)?.estimate)).toEqual([3, 7, 8, 15, 20]);
    const eleven = Object.freeze([3, 6, 7, 8, 8, 9, 10, 13, 15, 16, 20]);
    expect([0, 0.25, 0.5, 0.75, 1].map((p) => quantile(eleven, p, whole)?.estimate)).toEqual([
      3, 7, 9, 15, 20,
    ]);
  });

  it("is not moved by rounding of count · p: the 7th of 100 is the 7 % quantile", () => {
    expect(nearestRank(100, 0.07)).toBe(7);
    expect(nearestRank(1000, 0.999)).toBe(999);
    expect(nearestRank(5, 0)).toBe(1);
  });

  it("refuses a quantile with fewer than 10 observations beyond it, on either side", () => {
    const counting = (count: number) => Float64Array.from({ length: count }, (_, i) => i + 1);
    expect(quantile(counting(1000), 0.99)).toEqual({ estimate: 990 });
    expect(quantile(counting(999), 0.99)).toBeNull();
    expect(quantile(counting(1100), 0.01)).toEqual({ estimate: 11 });
    expect(quantile(counting(1000), 0.01)).toBeNull();
    expect(quantile(counting(20), 0.5)).toBeNull();
    expect(quantile([], 0.5)).toBeNull();
  });

  it("is a value of the sample, grows with p and moves with the sample", () => {
    fc.assert(
      fc.property(
        integers,
        probability,
        probability,
        fc.integer({ min: -1000, max: 1000 }),
        (sample, p, q, shift) => {
          const at = (values: readonly number[], which: number) =>
            quantile(values, which, whole)?.estimate ?? Number.NaN;
          expect(sample).toContain(at(sample, p));
          expect(at(sample, Math.min(p, q))).toBeLessThanOrEqual(at(sample, Math.max(p, q)));
          expect(
            at(
              sample.map((value) => value + shift),
              p,
            ),
          ).toBe(at(sample, p) + shift);
        },
      ),
    );
  });

  it("refuses missing values and impossible probabilities", () => {
    expect(() => quantile([1, Number.NaN], 0.5, whole)).toThrow(/observation 1 must be a number; got NaN/);
    expect(() => quantile([1, 2], 1.5, whole)).toThrow(/p must be a probability/);
  });
});

describe("hdrQuantile", () => {
  it("lies within its error bound of the exact quantile, for negative values too", () => {
    fc.assert(
      fc.property(integers, probability, fc.constantFrom(2 as const, 3 as const), (sample, p, digits) => {
        const exact = quantile(sample, p, whole)?.estimate ?? Number.NaN;
        const hdr = hdrQuantile(sample, p, digits);
        expect(Math.abs((hdr?.estimate ?? Number.NaN) - exact)).toBeLessThanOrEqual(hdr?.errorBound ?? -1);
      }),
      { numRuns: 300 },
    );
  });

  it("bounds the error by a thousandth of the distance from the minimum", () => {
    const sample = Float64Array.from({ length: 10_000 }, (_, i) => i * 4000 - 900_000);
    const hdr = hdrQuantile(sample, 0.99);
    expect(Math.abs((hdr?.estimate ?? 0) - 38_696_000)).toBeLessThanOrEqual(hdr?.errorBound ?? 0);
    expect(hdr?.errorBound).toBeLessThan(40_000);
  });

  it("refuses fractions, which the histogram would cut off silently", () => {
    expect(() => hdrQuantile([1, 2.5], 0.5)).toThrow(/observation 1 must be an integer; got 2.5/);
    expect(hdrQuantile([], 0.5)).toBeNull();
  });
});
