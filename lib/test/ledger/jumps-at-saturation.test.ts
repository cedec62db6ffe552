import { expect, test } from "vitest";
import { jumpsAtSaturation } from "../../src/ledger/jumps-at-saturation.ts";
import type { SaturationPoint } from "../../src/stats/saturation-point.ts";

/** A jump of p99 at a number of blockers, with its bounds and the chance of one as clear. */
const jump = ([estimate, low, high]: readonly [number, number, number], pValue: number): SaturationPoint => ({
  location: { estimate, low, high, level: 0.95, method: "", runs: 10 },
  step: null,
  before: 1,
  after: 50,
  pValue,
  explainedByStep: 1,
  explainedByLine: 0,
});

test.each([
  ["at as many blockers as workers", jump([8, 8, 8], 0.01), "holds"],
  ["as clear as one in twenty by chance", jump([8, 8, 8], 0.05), "holds"],
  ["less clear than that", jump([8, 8, 8], 0.051), "not testable here"],
  ["one blocker earlier", jump([7, 7, 7], 0.01), "fails"],
  ["one blocker later", jump([9, 9, 9], 0.01), "fails"],
  ["there or one earlier", jump([8, 7, 8], 0.01), "not testable here"],
  ["there or one later", jump([8, 8, 9], 0.01), "not testable here"],
  ["nowhere", null, "not testable here"],
] as const)("of a pool of eight, a jump that is %s", (_, found, verdict) => {
  expect(jumpsAtSaturation(found, 8).verdict).toBe(verdict);
});

test.each([3, 7, 49, 98, 103, 107])("a jump at one blocker a worker holds in a pool of %i", (workers) => {
  const found = jump([workers, workers, workers], 0.01);
  expect(jumpsAtSaturation(found, workers)).toMatchObject({ verdict: "holds", estimate: 1 });
});

test("a place is told in blockers a worker", () => {
  expect(jumpsAtSaturation(jump([6, 5, 7], 0.01), 8)).toMatchObject({
    estimate: 0.75,
    low: 0.625,
    high: 0.875,
  });
});
