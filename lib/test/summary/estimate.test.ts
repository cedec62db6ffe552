import { expect, test } from "vitest";
import {
  differenceOf,
  factorOf,
  geometricFactorOf,
  meanFactorOf,
  meanOf,
  missing,
  quantileOf,
  type Runs,
  ratioOf,
  scaled,
  shareAboveOf,
  shareDifferenceOf,
  shareOf,
  tailRatioOf,
} from "../../src/summary/estimate.ts";

const above = { estimate: 8, low: 6, high: 9 };
const below = { estimate: 2, low: 1, high: 4 };

test.each([
  [{}, {}, {}],
  [{ openLow: true }, {}, { openLow: true }],
  [{ openHigh: true }, {}, { openHigh: true }],
  [{}, { openLow: true }, { openHigh: true }],
  [{}, { openHigh: true }, { openLow: true }],
] as const)("a quotient of bounds %o over %o is open at %o", (ofAbove, ofBelow, expected) => {
  const { estimate, low, high, ...open } = ratioOf({ ...above, ...ofAbove }, { ...below, ...ofBelow });
  expect(estimate).toBeCloseTo(4, 12);
  expect(low).toBeCloseTo(4 / Math.exp(Math.hypot(Math.log(8 / 6), Math.log(4 / 2))), 12);
  expect(high).toBeCloseTo(4 * Math.exp(Math.hypot(Math.log(9 / 8), Math.log(2 / 1))), 12);
  expect(open).toEqual(expected);
});

test.each([
  ["numerator", missing, below],
  ["denominator", above, missing],
  ["lower bound", { ...above, low: null }, below],
  ["upper bound", above, { ...below, high: null }],
  ["finite bound", { ...above, high: Number.POSITIVE_INFINITY }, below],
  ["bound above zero", above, { ...below, low: 0 }],
])("there is no quotient without its %s", (_, a, b) => {
  expect(ratioOf(a, b)).toEqual(missing);
});

test("a quotient that is missing says why, as its numerator or else its denominator does", () => {
  expect(ratioOf({ ...missing, why: "of the one" }, { ...missing, why: "of the other" }).why).toBe(
    "of the one",
  );
  expect(ratioOf(above, { ...missing, why: "of the other" })).toEqual({ ...missing, why: "of the other" });
});

test("a multiple is open where the estimate is, and missing where it is", () => {
  expect(scaled({ ...above, openLow: true, openHigh: true }, 0.5)).toEqual({
    estimate: 4,
    low: 3,
    high: 4.5,
    openLow: true,
    openHigh: true,
  });
  expect(scaled(missing, 2)).toEqual(missing);
});

/** One run that holds 1 to 1000, and one that holds their doubles. */
const [once, twice] = [1, 2].map((factor) => [
  Float64Array.from({ length: 1000 }, (_, i) => (i + 1) * factor),
]);

test.each([
  ["quantile", (a: Runs) => quantileOf(a, 0.9), 900],
  ["mean", meanOf, 500.5],
  ["factor of means", (a: Runs, b: Runs) => meanFactorOf(b, a), 2],
  ["factor of geometric means", (a: Runs, b: Runs) => geometricFactorOf(b, a), 2],
  ["p99 over p50", tailRatioOf, 1.98],
  ["factor of a quantile", (a: Runs, b: Runs) => factorOf(b, a, 0.9), 2],
  ["difference of a quantile", (a: Runs, b: Runs) => differenceOf(b, a, 0.9), 900],
  ["share", () => shareOf([30], [200]), 0.15],
  ["share of none", () => shareOf([0], [200]), 0],
  ["difference of shares", () => shareDifferenceOf([[30], [200]], [[10], [100]]), 0.05],
  ["share above", (a: Runs) => shareAboveOf(a, 750), 0.25],
])("a single run has its %s, and no interval", (_, estimateOf, expected) => {
  if (once === undefined || twice === undefined) throw new Error("both are there");
  const { estimate, low, high } = estimateOf(once, twice);
  expect([estimate, low, high]).toEqual([expect.closeTo(expected, 12), null, null]);
});
