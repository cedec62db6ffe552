import { expect, test } from "vitest";
import { mostSequentialRuns, sequentialLooks } from "../../src/stats/sequential-looks.ts";

// At a share s of 20 runs, 0.05 · ln(1 + (e − 1) s) of the error rate is spent. The first level is what that leaves at s = 0.2.
// The others come from Gauss–Legendre quadrature of the joint density over 200 points a look (SciPy 1.17), and agree
// with SciPy's multivariate normal distribution to 5 digits.
test.each([
  [4, 1 - 0.05 * Math.log(1 + (Math.E - 1) * 0.2)],
  [7, 0.98706086],
  [10, 0.98645439],
  [14, 0.98408276],
  [20, 0.98047782],
])(
  "all looks together err in one claim of twenty at most: after %i runs an interval covers %f",
  (runs, level) => {
    const look = sequentialLooks().find((one) => one.runs === runs);
    expect(look?.share).toBeCloseTo(runs / 20, 12);
    expect(look?.level).toBeCloseTo(level, 7);
  },
);

test("there are five looks, the last with all runs that a campaign makes", () => {
  expect(sequentialLooks().map(({ runs }) => runs)).toEqual([4, 7, 10, 14, 20]);
  expect(mostSequentialRuns).toBe(20);
});
