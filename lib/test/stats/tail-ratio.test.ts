import { expect, test } from "vitest";
import { poolRuns } from "../../src/stats/pooled-runs.ts";
import { quantileInterval } from "../../src/stats/quantile-interval.ts";
import { tailRatio } from "../../src/stats/tail-ratio.ts";

test("without further word it is p99 over p50", () => {
  const run = Array.from({ length: 1000 }, (_, i) => i + 1);
  expect(tailRatio(poolRuns([run, run, run]))?.estimate).toBeCloseTo(990 / 500, 12);
});

/**
 * Ten runs of 1000 samples: every other has `above` more samples than the rest above the median, and 10 more above p99. What
 * varies from run to run goes exactly together, or exactly against each other.
 */
function together(above: number): number[][] {
  return Array.from({ length: 10 }, (_, run) => {
    const sign = run % 2 === 0 ? 1 : -1;
    const [lower, top] = [500 - sign * (above / 2), 10 + sign * 5];
    return Array.from(
      { length: 1000 },
      (_, i) => (i < lower ? 1 : i < 1000 - top ? 2 : 10) + i / 1000 + run / 1e6,
    );
  });
}

test.each([
  ["with", 60, -1],
  ["against", -60, 1],
] as const)("its bounds allow for how the two quantiles go %s each other over runs", (_, above, sign) => {
  const pool = poolRuns(together(above));
  const [p99, p50] = [quantileInterval(pool, 0.99), quantileInterval(pool, 0.5)];
  if (p99 === null || p50 === null) throw new Error("both have intervals");
  // Fully correlated, the reach of one is taken off the other's, or put on top of it.
  const reach = (of: number, by: number) => Math.abs(Math.log(of) + sign * Math.log(by));
  const ratio = tailRatio(pool);
  const estimate = p99.estimate / p50.estimate;
  expect(ratio?.low).toBeCloseTo(
    estimate / Math.exp(reach(p99.estimate / p99.low, p50.high / p50.estimate)),
    9,
  );
  expect(ratio?.high).toBeCloseTo(
    estimate * Math.exp(reach(p99.high / p99.estimate, p50.estimate / p50.low)),
    9,
  );
});
