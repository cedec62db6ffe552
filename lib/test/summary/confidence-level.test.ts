import { expect, test } from "vitest";
import { clusteredProportion, shareAboveInterval } from "../../src/stats/clustered-proportion.ts";
import { difference, ratio } from "../../src/stats/contrast.ts";
import { effectDifference, effectRatio } from "../../src/stats/effect-ratio.ts";
import { meanInterval } from "../../src/stats/mean-interval.ts";
import { poolRuns } from "../../src/stats/pooled-runs.ts";
import { quantileInterval } from "../../src/stats/quantile-interval.ts";
import { seededRandom } from "../../src/stats/random.ts";
import { tailRatio } from "../../src/stats/tail-ratio.ts";
import { confidenceLevel, withConfidenceLevel } from "../../src/summary/confidence-level.ts";
import {
  differenceOf,
  type Estimate,
  factorOf,
  geometricFactorOf,
  meanFactorOf,
  meanOf,
  meansOf,
  quantileOf,
  type RunCounts,
  shareAboveOf,
  shareDifferenceOf,
  shareOf,
  tailRatioOf,
} from "../../src/summary/estimate.ts";
import { designs, drawRuns } from "../stats/designs.ts";

const [design] = designs;
if (design === undefined) throw new Error("there are designs");
const runs = drawRuns(design, 12, 200, seededRandom(1));
const others = drawRuns(design, 12, 200, seededRandom(2));
const [a, b] = [poolRuns(runs), poolRuns(others)];
const hundreds = [100, 100, 100];
const counts: RunCounts = [[30, 40, 55], hundreds];
const otherCounts: RunCounts = [[10, 20, 9], hundreds];
const logs = (of: readonly Float64Array[]) => meansOf(of).map(Math.log);

type Bounds = Pick<Estimate, "estimate" | "low" | "high"> | null;

/** What must be there, as differences and ratios of two take it. */
function both<Of>(of: (a: NonNullable<Of>, b: NonNullable<Of>) => Bounds, one: Of, other: Of): Bounds {
  if (one == null || other == null) throw new Error("both have intervals");
  return of(one, other);
}

test.each<[string, () => Estimate, (level: number) => Bounds]>([
  ["a quantile", () => quantileOf(runs, 0.9), (level) => quantileInterval(a, 0.9, { level })],
  ["a mean", () => meanOf(runs), (level) => meanInterval(meansOf(runs), level)],
  [
    "a factor of means",
    () => meanFactorOf(runs, others),
    (level) => both(ratio, meanInterval(meansOf(runs), level), meanInterval(meansOf(others), level)),
  ],
  ["p99 over p50", () => tailRatioOf(runs), (level) => tailRatio(a, { level })],
  ["a factor", () => factorOf(runs, others, 0.9), (level) => effectRatio(a, b, 0.9, { level })],
  ["a difference", () => differenceOf(runs, others, 0.9), (level) => effectDifference(a, b, 0.9, { level })],
  ["a share", () => shareOf(...counts), (level) => clusteredProportion(...counts, level)],
  [
    "a difference of shares",
    () => shareDifferenceOf(counts, otherCounts),
    (level) =>
      both(difference, clusteredProportion(...counts, level), clusteredProportion(...otherCounts, level)),
  ],
  ["a share above", () => shareAboveOf(runs, 0.5), (level) => shareAboveInterval(a, 0.5, level)],
])("the interval of %s covers what is asked for around it, and else 95 %", (_, estimate, expected) => {
  const bounds = (of: Bounds) => [of?.estimate, of?.low, of?.high];
  expect(bounds(estimate())).toEqual(bounds(expected(0.95)));
  const narrower = withConfidenceLevel(0.8, estimate);
  expect(bounds(narrower)).toEqual(bounds(expected(0.8)));
  expect((narrower.high ?? 0) - (narrower.low ?? 0)).toBeLessThan(
    (estimate().high ?? 0) - (estimate().low ?? 0),
  );
});

test("the interval of a factor of geometric means covers what is asked for around it", () => {
  for (const level of [0.8, 0.95]) {
    const [of, to] = [logs(runs), logs(others)].map((each) => meanInterval(each, level));
    const expected = both(difference, of, to);
    const factor = withConfidenceLevel(level, () => geometricFactorOf(runs, others));
    expect(factor.low).toBeCloseTo(Math.exp(expected?.low ?? 0), 12);
    expect(factor.high).toBeCloseTo(Math.exp(expected?.high ?? 0), 12);
  }
});

test("a level holds for what it surrounds, also when that fails, and then the one around it again", () => {
  const inner = withConfidenceLevel(0.99, () => {
    expect(() => withConfidenceLevel(0.5, () => expect.fail("on purpose"))).toThrow("on purpose");
    return confidenceLevel();
  });
  expect(inner).toBe(0.99);
  expect(confidenceLevel()).toBe(0.95);
});
