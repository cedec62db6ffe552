import { describe, expect, it, test } from "vitest";
import { equivalenceTest } from "../../src/stats/equivalence-test.ts";
import { seededRandom } from "../../src/stats/random.ts";
import { studentTProbability, studentTQuantile } from "../../src/stats/student-t.ts";
import { gaussian } from "./designs.ts";

/** An odd number of runs with exactly this mean and standard deviation. */
function runsWith(count: number, mean: number, deviation: number): number[] {
  return Array.from({ length: count }, (_, i) => mean + (i === 0 ? 0 : i % 2 === 0 ? deviation : -deviation));
}

describe("equivalenceTest", () => {
  it("agrees with R's TOSTER on the replication of Eskine (2013)", () => {
    // TOSTtwo(m1 = 5.25, m2 = 5.22, sd1 = 0.95, sd2 = 0.83, n1 = 95, n2 = 89, low_eqbound_d = -0.43, high_eqbound_d = 0.43)
    const bound = 0.43 * Math.sqrt((0.95 ** 2 + 0.83 ** 2) / 2);
    const found = equivalenceTest(runsWith(95, 5.25, 0.95), runsWith(89, 5.22, 0.83), {
      from: -bound,
      to: bound,
    });
    expect(found?.degrees).toBeCloseTo(181.1344, 3);
    expect(found?.pValue).toBeCloseTo(0.0038755, 6);
    expect(found?.low).toBeCloseTo(-0.1870843, 5);
    expect(found?.high).toBeCloseTo(0.2470843, 5);
    expect(found?.equivalent).toBe(true);
  });

  it("finds equivalent exactly where the interval of 1 − 2 · alpha lies within the margin", () => {
    const random = seededRandom(1);
    const verdicts = new Set<boolean>();
    for (let experiment = 0; experiment < 200; experiment++) {
      const [a, b] = [1, 2].map(() => Array.from({ length: 7 }, () => gaussian(random))) as [
        number[],
        number[],
      ];
      const found = equivalenceTest(a, b, { from: -1, to: 1.2 });
      expect(found?.equivalent).toBe((found?.low as number) >= -1 && (found?.high as number) <= 1.2);
      verdicts.add(found?.equivalent as boolean);
    }
    expect(verdicts.size).toBe(2);
  });

  it.each([-0.2, 0.2])(
    "calls groups that differ by the margin %d equivalent in 5 of 100 experiments at most",
    (apart) => {
      const random = seededRandom(2);
      let equivalent = 0;
      for (let experiment = 0; experiment < 2000; experiment++) {
        const a = Array.from({ length: 10 }, () => apart + 0.1 * gaussian(random));
        const b = Array.from({ length: 10 }, () => 0.1 * gaussian(random));
        if (equivalenceTest(a, b, { from: -0.2, to: 0.2 })?.equivalent) equivalent++;
      }
      expect(equivalent / 2000).toBeLessThan(0.065); // 5 % and three standard deviations
      expect(equivalent / 2000).toBeGreaterThan(0.035);
    },
  );

  it("leaves out the ends of trimmed groups and takes the spread of the mean from the runs pulled in", () => {
    // Inner runs 2, 3, 4; Winsorised 2, 2, 3, 4, 4 with squares 4: variance of the mean 4 / (3 · 2), 2 degrees each.
    const found = equivalenceTest([1, 2, 3, 4, 100], [-50, 1, 2, 3, 4], { from: -9, to: 9 }, 0.05, 0.2);
    expect(found?.difference).toBeCloseTo(1, 12);
    expect(found?.degrees).toBeCloseTo(4, 12);
    expect(found?.high).toBeCloseTo(1 + 2.131847 * Math.sqrt(4 / 3), 5);
  });

  it("decides nothing with one run or runs that never differ, and refuses an empty margin", () => {
    expect(equivalenceTest([1], [1, 2], { from: -1, to: 1 })).toBeNull();
    expect(equivalenceTest([1, 1], [1, 1], { from: -1, to: 1 })).toBeNull();
    expect(() => equivalenceTest([1, 2], [1, 2], { from: 1, to: 1 })).toThrow(
      /margin must have its lower end first/,
    );
    expect(() => equivalenceTest([1, 2], [1, 2], { from: -1, to: 1 }, 0.5)).toThrow(/alpha must be/);
    expect(() => equivalenceTest([1, 2], [1, 2], { from: -1, to: 1 }, 0.05, 0.5)).toThrow(/trim must be/);
  });
});

test("the t distribution is the inverse of its quantile", () => {
  for (const degrees of [1, 2, 5, 30]) {
    for (const p of [0.001, 0.2, 0.5, 0.975]) {
      expect(studentTProbability(studentTQuantile(p, degrees), degrees)).toBeCloseTo(p, 10);
    }
  }
  expect(studentTProbability(2.015048, 5)).toBeCloseTo(0.95, 6);
});
