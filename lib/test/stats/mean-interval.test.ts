import { expect, test } from "vitest";
import { meanInterval } from "../../src/stats/mean-interval.ts";

test("means of runs 1, 2, 3, 4 are 2.5 with 95 % from 0.446 to 4.554", () => {
  // 2.5 ± t(0.975, 3) · √(5/3) / 2 with t = 3.18245
  const interval = meanInterval([1, 2, 3, 4]);
  expect(interval).toMatchObject({ estimate: 2.5, runs: 4, level: 0.95 });
  expect(interval?.low).toBeCloseTo(0.4457, 3);
  expect(interval?.high).toBeCloseTo(4.5543, 3);
});

test("one run has no interval, and a missing mean is refused", () => {
  expect(meanInterval([3])).toBeNull();
  expect(() => meanInterval([1, Number.NaN])).toThrow(/mean of run 1 must be a number; got NaN/);
});
