import { describe, expect, it } from "vitest";
import { clusteredProportion } from "../../src/stats/clustered-proportion.ts";
import { poolRuns } from "../../src/stats/pooled-runs.ts";
import { quantileInterval } from "../../src/stats/quantile-interval.ts";

describe("runs that agree are not believed beyond what few runs can show", () => {
  // Each run holds 1 to 20 000, so runs do not differ at all: the median's standard error is √(0.25 / samples), times
  // √(1 + (5 / runs)²). With t = 2.77645 of 5 runs: 0.5 ± 0.0062083, ranks 49 380 and 50 621 of 100 000. With t = 2.26216
  // of 10: 0.5 ± 0.0028277, ranks 99 435 and 100 566 of 200 000. Each value is there once a run.
  it.each([
    [5, Math.ceil(49_380 / 5), Math.ceil(50_621 / 5)],
    [10, Math.ceil(99_435 / 10), Math.ceil(100_566 / 10)],
  ])("the median of %i equal runs is known to lie from value %i to %i of 20 000", (runs, low, high) => {
    const same = Array.from({ length: 20_000 }, (_, i) => i + 1);
    const pool = poolRuns(Array.from({ length: runs }, () => same));
    expect(quantileInterval(pool, 0.5)).toMatchObject({ estimate: 10_000, low, high });
  });

  // Wilson's bound of no outcome in n trials is z² / (n + z²) with z² = 3.841459. Trials are divided by (t / z)², which is
  // 2.006698 for 5 runs and 1.332138 for 10, or by 1 + (trials of a run − 1) · 0.1 / runs if that is more.
  it.each([
    [5, 20, 100 / 2.006698],
    [5, 1000, 5000 / (1 + 999 * 0.02)],
    [5, 1_000_000, 5_000_000 / (1 + 999_999 * 0.02)],
    [10, 20, 200 / 1.332138],
    [10, 1000, 10_000 / (1 + 999 * 0.01)],
  ])("%i runs of %i requests without a failure count as %f requests", (runs, requests, effective) => {
    const trials = new Array<number>(runs).fill(requests);
    const none = clusteredProportion(new Array<number>(runs).fill(0), trials);
    expect(none).toMatchObject({ estimate: 0, low: 0 });
    expect(none?.high).toBeCloseTo(3.841459 / (effective + 3.841459), 7);
    const all = clusteredProportion(trials, trials);
    expect(all).toMatchObject({ estimate: 1, high: 1 });
    expect(all?.low).toBeCloseTo(effective / (effective + 3.841459), 7);
  });

  it("of 5 runs without an outcome none is known to below 1.5 %, however long they were", () => {
    const high = (requests: number) =>
      clusteredProportion([0, 0, 0, 0, 0], new Array<number>(5).fill(requests))?.high;
    expect(high(1e9)).toBeCloseTo(3.841459 / (250 + 3.841459), 7);
    expect(high(1e9)).toBeGreaterThan(0.015);
  });
});
