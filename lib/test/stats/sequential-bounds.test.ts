import { describe, expect, it, test } from "vitest";
import { obrienFleming, pocock } from "../../src/stats/alpha-spending.ts";
import { meanInterval } from "../../src/stats/mean-interval.ts";
import { normalTail } from "../../src/stats/normal-tail.ts";
import { seededRandom } from "../../src/stats/random.ts";
import { sequentialBounds } from "../../src/stats/sequential-bounds.ts";
import { gaussian } from "./designs.ts";

const fifths = [0.2, 0.4, 0.6, 0.8, 1];

describe("sequentialBounds", () => {
  it("agrees with the tables of Lan and DeMets for five equal looks at 5 %, two-sided", () => {
    const bounds = (of: typeof pocock) => sequentialBounds(fifths, of).map(({ bound }) => bound);
    for (const [i, expected] of [4.877, 3.357, 2.68, 2.29, 2.031].entries()) {
      expect(bounds(obrienFleming)[i]).toBeCloseTo(expected, 2.5);
    }
    for (const [i, expected] of [2.438, 2.427, 2.41, 2.397, 2.386].entries()) {
      expect(bounds(pocock)[i]).toBeCloseTo(expected, 2.5);
    }
  });

  it("finds the constants of Pocock and of O'Brien and Fleming where the rate is spent as theirs is", () => {
    // Two looks at 5 %: both at 2.178; at 2.797 and 1.977 (Jennison & Turnbull, tables 2.1 and 2.3).
    const after = (first: number) => (share: number, alpha: number) =>
      share === 0 ? 0 : share < 1 ? normalTail(first) : alpha;
    const [, second] = sequentialBounds([0.5, 1], after(2.178));
    expect(second?.bound).toBeCloseTo(2.178, 2.5);
    const [, last] = sequentialBounds([0.5, 1], after(1.977 * Math.SQRT2));
    expect(last?.bound).toBeCloseTo(1.977, 2.5);
  });

  it("is the plain bound for a single look, with its level", () => {
    expect(sequentialBounds([1], obrienFleming)[0]?.bound).toBeCloseTo(1.959964, 5);
    expect(sequentialBounds([1], pocock)[0]?.level).toBeCloseTo(0.95, 10);
  });

  it.each([
    ["O'Brien–Fleming", obrienFleming],
    ["Pocock", pocock],
  ] as const)(
    "holds wrong verdicts to 2.5 % each way, truth at the margin, looks at 5, 10, 15 and 20 runs: %s",
    (_, of) => {
      const looks = sequentialBounds([0.25, 0.5, 0.75, 1], of);
      const random = seededRandom(5);
      const experiments = 4000;
      const wrong = { holds: 0, fails: 0 };
      for (let experiment = 0; experiment < experiments; experiment++) {
        const runs = Array.from({ length: 20 }, () => gaussian(random));
        for (const { share, level } of looks) {
          const interval = meanInterval(runs.slice(0, 20 * share), level);
          if (interval === null || (interval.low < 0 && 0 < interval.high)) continue;
          wrong[interval.low >= 0 ? "holds" : "fails"]++;
          break;
        }
      }
      for (const count of Object.values(wrong)) {
        expect(count / experiments).toBeLessThan(0.0325); // 2.5 % and three standard deviations
        expect(count / experiments).toBeGreaterThan(0.015);
      }
    },
  );

  it("refuses looks that do not rise, and rates that are none", () => {
    expect(() => sequentialBounds([0.5, 0.5], pocock)).toThrow(/shares must rise/);
    expect(() => sequentialBounds([0.5, 1.1], pocock)).toThrow(/shares must rise/);
    expect(() => sequentialBounds([], pocock)).toThrow(/shares must rise/);
    expect(() => sequentialBounds([1], pocock, 1)).toThrow(/alpha must be/);
  });
});

test("what is spent rises from nothing to all", () => {
  for (const of of [obrienFleming, pocock]) {
    expect(of(0, 0.05)).toBe(0);
    expect(of(1, 0.05)).toBeCloseTo(0.05, 12);
    expect(of(0.5, 0.05)).toBeLessThan(0.05);
  }
  expect(obrienFleming(0.2, 0.05)).toBeCloseTo(1.17e-5, 6);
});

test("the normal tail keeps its digits far out", () => {
  expect(normalTail(0)).toBe(0.5);
  expect(normalTail(1.959963984540054)).toBeCloseTo(0.025, 14);
  expect(normalTail(-1)).toBeCloseTo(0.8413447460685429, 14);
  expect(normalTail(3) / 1.349898031630095e-3).toBeCloseTo(1, 12);
  expect(normalTail(5) / 2.866515718791946e-7).toBeCloseTo(1, 12);
});
