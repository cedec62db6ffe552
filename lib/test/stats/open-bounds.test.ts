import { describe, expect, it, test } from "vitest";
import { difference, ratio } from "../../src/stats/contrast.ts";
import { effectDifference, effectRatio } from "../../src/stats/effect-ratio.ts";
import type { Interval } from "../../src/stats/interval.ts";
import { poolRuns } from "../../src/stats/pooled-runs.ts";
import { precisionOf, precisionRules } from "../../src/stats/precision.ts";
import { quantileInterval } from "../../src/stats/quantile-interval.ts";
import { tailRatio } from "../../src/stats/tail-ratio.ts";

/** Runs of 1000 samples, of which the last has its upper, and the first its lower tail to itself. */
function unlike(runs: number): Float64Array[] {
  return Array.from({ length: runs }, (_, run) =>
    Float64Array.from({ length: 1000 }, (_, i) => {
      if (run === runs - 1 && i < 40) return 100 + i;
      if (run === 0 && i < 40) return 1 + i / 1000;
      return 50 + i / 1000;
    }),
  );
}

/** On which sides an interval is open. */
function openSides(interval: Partial<Interval> | null) {
  if (interval === null) throw new Error("there is an interval");
  const { openLow, openHigh } = interval;
  return { ...(openLow && { openLow }), ...(openHigh && { openHigh }) };
}

describe("a bound of a quantile that is only the end of the sample", () => {
  it.each([3, 6])("is open above at p99, and there alone, with %d runs", (runs) => {
    const interval = quantileInterval(poolRuns(unlike(runs)), 0.99);
    expect(interval).toMatchObject({ high: 139, openHigh: true });
    expect(interval).not.toHaveProperty("openLow");
  });

  it.each([3, 6])("is open below at p1, and there alone, with %d runs", (runs) => {
    const interval = quantileInterval(poolRuns(unlike(runs)), 0.01);
    expect(interval).toMatchObject({ low: 1, openLow: true });
    expect(interval).not.toHaveProperty("openHigh");
  });

  it("is closed from 7 runs on, and where the sample goes on beyond it", () => {
    const seven = quantileInterval(poolRuns(unlike(7)), 0.99);
    expect(seven).not.toHaveProperty("openHigh");
    const median = quantileInterval(poolRuns(unlike(5)), 0.5);
    expect(median).not.toHaveProperty("openHigh");
    expect(median).not.toHaveProperty("openLow");
  });

  const plain = poolRuns(unlike(20));
  const few = poolRuns(unlike(3));

  it.each([
    ["treated above", few, plain, 0.99, { openHigh: true }],
    ["treated below", few, plain, 0.01, { openLow: true }],
    ["control above", plain, few, 0.99, { openLow: true }],
    ["control below", plain, few, 0.01, { openHigh: true }],
    ["both above", few, few, 0.99, { openLow: true, openHigh: true }],
    ["none", plain, plain, 0.99, {}],
  ] as const)("leaves ratio and difference of two cells open on its side: %s", (_, a, b, p, expected) => {
    for (const effect of [effectRatio, effectDifference]) {
      expect(openSides(effect(a, b, p))).toEqual(expected);
      expect(effect(a, b, p)?.runs).toBe(a.runs + b.runs);
    }
  });

  it.each([
    ["numerator above", { upper: 0.99, lower: 0.5 }, { openHigh: true }],
    ["numerator below", { upper: 0.01, lower: 0.5 }, { openLow: true }],
    ["denominator above", { upper: 0.5, lower: 0.99 }, { openLow: true }],
    ["denominator below", { upper: 0.5, lower: 0.01 }, { openHigh: true }],
    ["none", { upper: 0.6, lower: 0.5 }, {}],
  ] as const)(
    "leaves the ratio of two quantiles of the same runs open on its side: %s",
    (_, quantiles, expected) => {
      expect(openSides(tailRatio(few, quantiles))).toEqual(expected);
    },
  );
});

describe("MOVER", () => {
  const a = { estimate: 10, low: 8, high: 13 };
  const b = { estimate: 4, low: 2, high: 5 };

  it("takes each variance from the limit that faces the bound", () => {
    expect(difference(a, b).estimate).toBe(6);
    expect(difference(a, b).low).toBeCloseTo(6 - Math.sqrt(2 ** 2 + 1 ** 2), 12);
    expect(difference(a, b).high).toBeCloseTo(6 + Math.sqrt(3 ** 2 + 2 ** 2), 12);
  });

  it("narrows by correlation, down to nothing and not to NaN where rounding takes it beyond 1", () => {
    expect(difference(a, b, 0.5).low).toBeCloseTo(6 - Math.sqrt(2 ** 2 + 1 ** 2 - 2 * 0.5 * 2 * 1), 12);
    expect(difference(a, b, 0.5).high).toBeCloseTo(6 + Math.sqrt(3 ** 2 + 2 ** 2 - 2 * 0.5 * 3 * 2), 12);
    const same = { estimate: 10, low: 9, high: 11 };
    expect(difference(same, same, 1 + 1e-12)).toMatchObject({ low: 0, high: 0 });
  });

  it("divides on logarithms, and not where a bound of either side is not above zero", () => {
    const quotient = ratio(a, b);
    expect(quotient?.estimate).toBeCloseTo(2.5, 12);
    expect(quotient?.low).toBeCloseTo(2.5 * Math.exp(-Math.hypot(Math.log(10 / 8), Math.log(5 / 4))), 12);
    expect(quotient?.high).toBeCloseTo(2.5 * Math.exp(Math.hypot(Math.log(13 / 10), Math.log(4 / 2))), 12);
    expect(ratio({ ...a, low: 0 }, b)).toBeNull();
    expect(ratio(a, { ...b, low: 0 })).toBeNull();
  });

  it.each([
    [{ openHigh: true }, {}, { openHigh: true }],
    [{ openLow: true }, {}, { openLow: true }],
    [{}, { openHigh: true }, { openLow: true }],
    [{}, { openLow: true }, { openHigh: true }],
    [{ openLow: true }, { openLow: true }, { openLow: true, openHigh: true }],
    [{}, {}, {}],
  ] as const)("of bounds %o and %o is open at %o", (ofA, ofB, expected) => {
    for (const result of [
      difference({ ...a, ...ofA }, { ...b, ...ofB }),
      ratio({ ...a, ...ofA }, { ...b, ...ofB }),
    ]) {
      expect(openSides(result)).toEqual(expected);
    }
  });
});

test.each([{ openLow: true }, { openHigh: true }, { openLow: true, openHigh: true }] as const)(
  "an interval that is open at %o reaches no precision",
  (open) => {
    const interval = { estimate: 10, low: 9.9, high: 10.1, level: 0.95, method: "", runs: 5, ...open };
    for (const rule of [precisionRules.p99, precisionRules.failureRate]) {
      expect(precisionOf(interval, rule)).toBe(Number.POSITIVE_INFINITY);
    }
  },
);
