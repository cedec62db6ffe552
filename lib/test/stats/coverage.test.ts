import { describe, expect, it } from "vitest";
import { shareAboveInterval } from "../../src/stats/clustered-proportion.ts";
import { effectDifference, effectRatio } from "../../src/stats/effect-ratio.ts";
import type { Interval } from "../../src/stats/interval.ts";
import { poolRuns } from "../../src/stats/pooled-runs.ts";
import { quantileInterval } from "../../src/stats/quantile-interval.ts";
import { seededRandom } from "../../src/stats/random.ts";
import { tailRatio } from "../../src/stats/tail-ratio.ts";
import { designs, drawRuns, trueQuantiles, trueSlowShare } from "./designs.ts";

/** More experiments, longer runs, fewer runs and harder designs: lib/bench/coverage.ts. */
const experiments = 500;

describe("95 % intervals from 20 runs of 300 samples hold the true value in 93 to 98 of 100 experiments", () => {
  it.each(designs.map((design) => [design.name, design] as const))("delays that are %s", (_, design) => {
    const quantile = trueQuantiles(design);
    const p50 = quantile(0.5);
    const p99 = quantile(0.99);
    const share = trueSlowShare(design);
    const inside = new Map<string, number>();
    const count = (name: string, interval: Interval | null, truth: number) => {
      const holds = interval !== null && interval.low <= truth && truth <= interval.high;
      inside.set(name, (inside.get(name) ?? 0) + (holds ? 1 : 0));
    };
    const random = seededRandom(20);
    for (let experiment = 0; experiment < experiments; experiment++) {
      const a = poolRuns(drawRuns(design, 20, 300, random));
      const b = poolRuns(drawRuns(design, 20, 300, random));
      count("p50", quantileInterval(a, 0.5), p50);
      count("p99", quantileInterval(a, 0.99), p99);
      count("p99 : p50", tailRatio(a), p99 / p50);
      count("ratio of p99", effectRatio(a, b, 0.99), 1);
      count("difference of p99", effectDifference(a, b, 0.99), 0);
      if (share > 0) count("share above 5 ms", shareAboveInterval(a, 5), share);
    }
    expect(inside.size).toBeGreaterThanOrEqual(5);
    for (const [name, hits] of inside) {
      expect(hits / experiments, name).toBeGreaterThanOrEqual(0.93);
      expect(hits / experiments, name).toBeLessThanOrEqual(0.98);
    }
  });
});
