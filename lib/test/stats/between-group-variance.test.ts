import fc from "fast-check";
import { expect, test } from "vitest";
import { betweenGroups, type GroupEstimate } from "../../src/stats/between-group-variance.ts";
import { chiSquareProbability, chiSquareQuantile } from "../../src/stats/chi-square.ts";

/**
 * Thirteen trials of a vaccine: ill and well among the vaccinated, ill and well among the others.
 *
 * @see https://doi.org/10.1001/jama.1994.03510330076038 Colditz et al. (1994)
 */
const trials = [
  [4, 119, 11, 128],
  [6, 300, 29, 274],
  [3, 228, 11, 209],
  [62, 13_536, 248, 12_619],
  [33, 5036, 47, 5761],
  [180, 1361, 372, 1079],
  [8, 2537, 10, 619],
  [505, 87_886, 499, 87_892],
  [29, 7470, 45, 7232],
  [17, 1699, 65, 1600],
  [186, 50_448, 141, 27_197],
  [5, 2493, 3, 2338],
  [27, 16_886, 29, 17_825],
] as const;

const logRiskRatios: readonly GroupEstimate[] = trials.map(([a, b, c, d]) => ({
  estimate: Math.log(a / (a + b) / (c / (c + d))),
  variance: 1 / a - 1 / (a + b) + 1 / c - 1 / (c + d),
}));

test("agrees with what is published of thirteen trials of a vaccine", () => {
  expect(logRiskRatios[0]).toEqual({
    estimate: expect.closeTo(-0.8893, 4),
    variance: expect.closeTo(0.3256, 4),
  });
  const found = betweenGroups(logRiskRatios);
  // R package metafor, data set dat.bcg, methods PM and Q-profile: Viechtbauer (2007) has the interval.
  expect(found.q).toBeCloseTo(152.233, 3);
  expect(found.variance).toBeCloseTo(0.3181, 4);
  expect(found.varianceLow).toBeCloseTo(0.1197, 4);
  expect(found.varianceHigh).toBeCloseTo(1.1115, 4);
  expect(found.mean).toBeCloseTo(-0.715, 3);
  expect(found.share).toBeCloseTo(0.923, 3);
  expect(found.pValue).toBeLessThan(1e-10);
});

test("groups that differ less than their errors have no variance between them", () => {
  const found = betweenGroups([
    { estimate: 1, variance: 4 },
    { estimate: 1.1, variance: 4 },
    { estimate: 0.9, variance: 4 },
  ]);
  expect(found).toMatchObject({ variance: 0, varianceLow: 0, share: 0 });
  expect(found.mean).toBeCloseTo(1, 12);
  expect(found.meanHigh - found.mean).toBeCloseTo(1.959964 * Math.sqrt(4 / 3), 6);
});

test("equal errors give the variance in closed form", () => {
  // The sample variance of 0, 2, 4 and 6 is 20/3; the errors' own is 1.
  const found = betweenGroups([0, 2, 4, 6].map((estimate) => ({ estimate, variance: 1 })));
  expect(found.variance).toBeCloseTo(20 / 3 - 1, 9);
  expect(found.mean).toBeCloseTo(3, 12);
});

test("scales with the unit and ignores the origin", () => {
  const group = fc.record({
    estimate: fc.double({ min: -5, max: 5, noNaN: true }),
    variance: fc.double({ min: 0.01, max: 4, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(group, { minLength: 2, maxLength: 12 }), (groups) => {
      const [plain, moved] = [
        groups,
        groups.map(({ estimate, variance }) => ({ estimate: 10 * estimate + 7, variance: 100 * variance })),
      ].map((of) => betweenGroups(of));
      if (!plain || !moved) throw new Error("both are computed");
      expect(moved.variance).toBeCloseTo(100 * plain.variance, 5);
      expect(moved.mean).toBeCloseTo(10 * plain.mean + 7, 6);
      expect(plain.varianceLow).toBeLessThanOrEqual(plain.varianceHigh);
    }),
  );
});

test("refuses what has no scatter", () => {
  expect(() => betweenGroups([{ estimate: 1, variance: 1 }])).toThrow("groups must be two or more; got 1");
  const exact = { estimate: 1, variance: 0 };
  expect(() => betweenGroups([exact, exact])).toThrow("variance of a group must be > 0; got 0");
});

test.each([
  // NIST/SEMATECH e-Handbook of Statistical Methods, table 1.3.6.7.4.
  [0.95, 1, 3.841],
  [0.99, 1, 6.635],
  [0.975, 12, 23.337],
  [0.025, 12, 4.404],
  [0.95, 100, 124.342],
  [0.001, 5, 0.21],
])("the quantile %f of chi-square with %i degrees is %f", (p, degrees, value) => {
  expect(chiSquareQuantile(p, degrees)).toBeCloseTo(value, 3);
  expect(chiSquareProbability(chiSquareQuantile(p, degrees), degrees)).toBeCloseTo(p, 10);
});

test("two degrees of freedom have a distribution in closed form", () => {
  for (const x of [0, 0.1, 1, 2.9, 3.1, 10, 60]) {
    expect(chiSquareProbability(x, 2)).toBeCloseTo(1 - Math.exp(-x / 2), 13);
  }
});
