import { expect, test } from "vitest";
import { clusteredPoissonInterval, poissonInterval } from "../../src/stats/poisson-interval.ts";
import { seededRandom } from "../../src/stats/random.ts";

test.each([
  [0, 0, 3.6889],
  [1, 0.0253, 5.5716],
  [10, 4.7954, 18.3904],
  [50, 37.111, 65.9188],
])("agrees with the published exact limits of %i events", (events, low, high) => {
  const interval = poissonInterval(events, 1);
  expect(interval.low).toBeCloseTo(low, 3);
  expect(interval.high).toBeCloseTo(high, 3);
});

// Python: scipy.stats.chi2.ppf(0.025, 2 * k) / 2 and chi2.ppf(0.975, 2 * k + 2) / 2; mpmath's incomplete gamma function agrees.
test.each([
  [1000, 938.97301841, 1063.95213602],
  [100_000, 99_381.15266374, 100_621.74473974],
])(
  "has exact limits around %i events too, where no event at all has a chance that rounds to zero",
  (events, low, high) => {
    const interval = poissonInterval(events, 1);
    expect(interval.low).toBeCloseTo(low, 6);
    expect(interval.high).toBeCloseTo(high, 6);
  },
);

test("a rate is per unit of what was looked at", () => {
  expect(poissonInterval(0, 0.5).high).toBeCloseTo(2 * 3.6889, 3);
  expect(poissonInterval(4, 2).estimate).toBe(2);
});

test("events that come all at once are worth one, events that come apart are worth themselves", () => {
  const calm = new Array<number>(15).fill(0);
  expect(clusteredPoissonInterval([...calm, 4], 8)).toMatchObject({
    estimate: 0.5,
    low: poissonInterval(1, 2).low,
    high: poissonInterval(1, 2).high,
  });
  const { low, high } = poissonInterval(4, 8);
  expect(clusteredPoissonInterval([...calm.slice(3), 1, 1, 1, 1], 8)).toMatchObject({ low, high });
  expect(clusteredPoissonInterval(calm, 8).high).toBe(poissonInterval(0, 8).high);
});

test("of incidents that come four at a time the interval holds the rate about as often as it says", () => {
  const random = seededRandom(1);
  const series = 2000;
  let held = 0;
  for (let i = 0; i < series; i++) {
    // Sixteen stretches, one in four with a burst: a mean of one incident a stretch.
    const counts = Array.from({ length: 16 }, () => (random() < 0.25 ? 4 : 0));
    const { low, high } = clusteredPoissonInterval(counts, 16);
    if (low <= 1 && 1 <= high) held++;
  }
  expect(held / series).toBeGreaterThan(0.93);
});

test("refuses counts and lengths that cannot be", () => {
  expect(() => poissonInterval(1.5, 1)).toThrow("events must be a whole number");
  expect(() => poissonInterval(1, 0)).toThrow("exposure must be > 0");
});
