import { describe, expect, it } from "vitest";
import { type GroupQuantile, permutationTest } from "../../src/stats/permutation-test.ts";
import {
  enoughReplicates,
  precisionOf,
  precisionReached,
  precisionRules,
  type RunOutcome,
  runResponse,
} from "../../src/stats/precision.ts";
import { seededRandom } from "../../src/stats/random.ts";
import { designs, drawRuns } from "./designs.ts";

describe("permutationTest", () => {
  const design = designs[2] as (typeof designs)[number];
  const apartAt = (p: number) => (quantileOf: GroupQuantile) => Math.abs(quantileOf(0, p) - quantileOf(1, p));

  it("enumerates nothing below 1 in (permutations + 1) and finds a doubled delay", () => {
    const a = drawRuns(design, 8, 100, seededRandom(1));
    const doubled = drawRuns(design, 8, 100, seededRandom(2)).map((run) => run.map((delay) => 2 * delay));
    const pValue = permutationTest([a, doubled], apartAt(0.5), {
      random: seededRandom(3),
      permutations: 199,
    });
    expect(pValue).toBe(1 / 200);
  });

  it("finds a difference between two halves of one system at the nominal rate", () => {
    const random = seededRandom(4);
    let found = 0;
    for (let experiment = 0; experiment < 400; experiment++) {
      const runs = drawRuns(design, 16, 50, random);
      const pValue = permutationTest([runs.slice(0, 8), runs.slice(8)], apartAt(0.9), {
        random,
        permutations: 99,
      });
      if (pValue <= 0.05) found++;
    }
    expect(found).toBeGreaterThanOrEqual(8); // 2 % to 8 % of 400: three standard deviations about 5 %
    expect(found).toBeLessThanOrEqual(33);
  });
});

describe("enoughReplicates", () => {
  const interval = (low: number, high: number) => ({
    estimate: low,
    low,
    high,
    level: 0.95,
    method: "",
    runs: 5,
  });
  /** In every other run, a share of the delays is a hundred times as long. */
  const p99 = (slowShare: number, runs: number): RunOutcome[] =>
    Array.from({ length: runs }, (_, run) => ({
      rule: "p99",
      durationsNs: Float64Array.from({ length: 500 }, (_, i) =>
        run % 2 === 1 && i < slowShare * 500 ? 1e8 + i : 1e6 + i,
      ),
    }));
  const failures = (failed: readonly number[], trials = 200): RunOutcome[] =>
    failed.map((count) => ({ rule: "failureRate", failed: count, trials }));
  /** Seven runs whose last delays are a factor longer than the others. */
  const stepped = (factor: number): RunOutcome[] =>
    Array.from({ length: 7 }, () => ({
      rule: "p99",
      durationsNs: Float64Array.from({ length: 1000 }, (_, i) => (i < 988 ? 1e6 : factor * 1e6)),
    }));

  it("needs the minimum of runs and, with them, the precision of the rule", () => {
    expect(enoughReplicates(p99(0, 6))).toBe(false);
    expect(enoughReplicates(p99(0, 7))).toBe(true);
    expect(enoughReplicates(p99(0.03, 10))).toBe(false);
    expect(enoughReplicates([])).toBe(false);
  });

  it("ends a failure rate of nothing or all after five runs, and goes on while runs disagree", () => {
    expect(enoughReplicates(failures([0, 0, 0, 0]))).toBe(false);
    expect(enoughReplicates(failures([0, 0, 0, 0, 0]))).toBe(true);
    expect(enoughReplicates(failures([200, 200, 200, 200, 200]))).toBe(true);
    expect(enoughReplicates(failures([0, 60, 0, 30, 0, 90]))).toBe(false);
  });

  it.each([
    // Seven equal runs with t = 2.44691: bounds at 0.99 ± 0.003576, so on either side of a step at the 989th of 1000 delays.
    ["p99 to 9.5 %", stepped(1.2), 0.0954, true],
    ["p99 to 14 %", stepped(1.3), 0.1402, false],
    // No failure: half of Wilson's bound z² / (n + z²), with 100 and 250 requests divided by (2.77645 / 1.95996)².
    ["a failure rate to 1.5 points", failures([0, 0, 0, 0, 0], 50), 0.015, true],
    ["a failure rate to 3.6 points", failures([0, 0, 0, 0, 0], 20), 0.0358, false],
  ] as const)(
    "a tenth is enough for p99 and two points for a failure rate: %s",
    (_, runs, precision, enough) => {
      expect(precisionReached(runs)).toBeCloseTo(precision, 4);
      expect(enoughReplicates(runs)).toBe(enough);
    },
  );

  it("takes p99 or the failure rate for the response of one run", () => {
    const durationsNs = Float64Array.from({ length: 1000 }, (_, i) => i + 1);
    expect(runResponse({ rule: "p99", durationsNs })).toBe(990);
    expect(runResponse({ rule: "p99", durationsNs: durationsNs.subarray(0, 1) })).toBe(1);
    expect(runResponse({ rule: "failureRate", failed: 30, trials: 200 })).toBe(0.15);
    expect(runResponse({ rule: "failureRate", failed: 0, trials: 0 })).toBeNull();
  });

  it("measures precision as a factor for p99 and in points for a failure rate; no interval is endlessly wide", () => {
    expect(precisionOf(interval(50, 200), precisionRules.p99)).toBeCloseTo(1, 12);
    expect(precisionOf(interval(0.01, 0.05), precisionRules.failureRate)).toBeCloseTo(0.02, 12);
    expect(precisionOf(interval(-1, 5), precisionRules.p99)).toBe(Number.POSITIVE_INFINITY);
    expect(precisionOf(interval(0, 0), precisionRules.p99)).toBe(Number.POSITIVE_INFINITY);
    expect(precisionOf(null, precisionRules.failureRate)).toBe(Number.POSITIVE_INFINITY);
  });
});
