import { describe, expect, it } from "vitest";
import { firthLogistic } from "../../src/stats/firth-logistic.ts";
import { logisticKnee } from "../../src/stats/logistic-knee.ts";
import { seededRandom } from "../../src/stats/random.ts";
import { saturationPoint } from "../../src/stats/saturation-point.ts";
import { type Design, drawRuns, gaussian } from "./designs.ts";

const free: Design = { name: "free", slowShare: 0, shareSpread: 0, scaleSpread: 0.1 };
const full: Design = { name: "full", slowShare: 0.1, shareSpread: 0.5, scaleSpread: 0.1 };

describe("saturationPoint", () => {
  const quick = { replicates: 200, permutations: 99 };

  it("finds a cliff planted at 4 blockers of 7 levels, within its interval, with its height", () => {
    const random = seededRandom(1);
    const levels = [0, 1, 2, 3, 4, 5, 6].map((at) => ({
      at,
      runs: drawRuns(at < 4 ? free : full, 6, 300, random),
    }));
    const found = saturationPoint(levels, { random: seededRandom(2), ...quick });
    expect(found?.location).toMatchObject({ estimate: 4, low: 4, high: 4, runs: 42 });
    expect(found?.pValue).toBe(1 / 100);
    expect(found?.step?.low).toBeLessThan(57 / 1.05);
    expect(found?.step?.high).toBeGreaterThan(57 / 1.05);
    expect(found?.explainedByStep).toBeGreaterThan(0.99);
    expect(found?.explainedByLine).toBeLessThan(0.8);
  });

  it("tells a ramp from a cliff: a line explains a ramp better than a step", () => {
    const random = seededRandom(3);
    const levels = [0, 1, 2, 3, 4, 5].map((at) => ({
      at,
      runs: drawRuns(free, 6, 300, random).map((run) => run.map((delay) => delay * 1.5 ** at)),
    }));
    const found = saturationPoint(levels, { random, ...quick });
    expect(found?.explainedByLine).toBeGreaterThan(found?.explainedByStep ?? 1);
  });

  it("finds no cliff in null data but at the nominal rate", () => {
    const random = seededRandom(4);
    let found = 0;
    for (let experiment = 0; experiment < 200; experiment++) {
      const levels = [0, 1, 2, 3, 4].map((at) => ({ at, runs: drawRuns(full, 4, 100, random) }));
      const point = saturationPoint(levels, { random, p: 0.9, replicates: 100, permutations: 99 });
      if (point !== null && point.pValue <= 0.05) found++;
    }
    expect(found).toBeGreaterThanOrEqual(1);
    expect(found).toBeLessThanOrEqual(19); // 10 expected; three standard deviations are 9
  });

  it("says nothing where a level has too small a tail, and wants ascending levels", () => {
    const random = seededRandom(5);
    const few = [0, 1, 2].map((at) => ({ at, runs: drawRuns(free, 2, 100, random) }));
    expect(saturationPoint(few, { random })).toBeNull();
    expect(() => saturationPoint([...few].reverse(), { random })).toThrow(
      /levels must be 3 or more in ascending/,
    );
  });
});

describe("firthLogistic", () => {
  it("agrees with maximum likelihood where there are many trials", () => {
    // logit(p) = −4 + 2x exactly: expected counts of a million trials
    const groups = [0, 1, 2, 3, 4].map((x) => ({
      x,
      trials: 1e6,
      outcomes: 1e6 / (1 + Math.exp(4 - 2 * x)),
    }));
    expect(firthLogistic(groups)?.intercept).toBeCloseTo(-4, 4);
    expect(firthLogistic(groups)?.slope).toBeCloseTo(2, 4);
  });

  it("adds half an outcome and half a miss per group when there is one parameter a group, as Jeffreys' prior does", () => {
    const fit = firthLogistic([
      { x: 0, outcomes: 0, trials: 10 },
      { x: 1, outcomes: 10, trials: 10 },
    ]);
    expect(fit?.intercept).toBeCloseTo(Math.log(0.5 / 10.5), 6);
    expect((fit?.intercept ?? 0) + (fit?.slope ?? 0)).toBeCloseTo(Math.log(10.5 / 0.5), 6);
  });

  it("needs two values of x with trials", () => {
    expect(
      firthLogistic([
        { x: 1, outcomes: 1, trials: 5 },
        { x: 2, outcomes: 0, trials: 0 },
      ]),
    ).toBeNull();
  });
});

describe("logisticKnee", () => {
  const concurrency = [5, 8, 10, 12, 15, 20, 30];
  const requests = 200;

  /** Failure rate ½ at 12 clients, 5 % at 12 · e^(−2.944 / 6); runs differ in their log odds by `spread`. */
  function campaign(runs: number, spread: number, random: () => number) {
    return concurrency.map((at) => ({
      at,
      requests: new Array<number>(runs).fill(requests),
      failures: Array.from({ length: runs }, () => {
        const rate = 1 / (1 + Math.exp(-6 * Math.log(at / 12) - spread * gaussian(random)));
        return Array.from({ length: requests }, random).filter((u) => u < rate).length;
      }),
    }));
  }

  it("finds the planted midpoint and onset within their intervals, in 92 to 98 of 100 experiments", () => {
    const random = seededRandom(6);
    const onset = 12 * Math.exp(Math.log(0.05 / 0.95) / 6);
    let midpoints = 0;
    let onsets = 0;
    for (let experiment = 0; experiment < 200; experiment++) {
      const knee = logisticKnee(campaign(20, 0, random), { random, replicates: 200 });
      if (knee?.midpoint && knee.midpoint.low <= 12 && 12 <= knee.midpoint.high) midpoints++;
      if (knee?.onset && knee.onset.low <= onset && onset <= knee.onset.high) onsets++;
    }
    expect(midpoints / 200).toBeGreaterThanOrEqual(0.92);
    expect(midpoints / 200).toBeLessThanOrEqual(0.98);
    expect(onsets / 200).toBeGreaterThanOrEqual(0.92);
    expect(onsets / 200).toBeLessThanOrEqual(0.98);
  }, 30_000);

  it("has a knee between the levels where failures go from none to all, and none where they fall", () => {
    const cliff = concurrency.map((at) => ({
      at,
      requests: [100, 100, 100],
      failures: new Array(3).fill(at < 12 ? 0 : 100),
    }));
    const knee = logisticKnee(cliff, { random: seededRandom(7) });
    expect(knee?.midpoint?.estimate).toBeGreaterThan(10);
    expect(knee?.midpoint?.estimate).toBeLessThan(12);
    expect(
      logisticKnee(
        cliff.map((level) => ({ ...level, failures: new Array<number>(3).fill(level.at < 12 ? 9 : 3) })),
        { random: seededRandom(7) },
      ),
    ).toBeNull();
  });

  it("does not extrapolate, and refuses impossible counts", () => {
    const low = campaign(5, 0, seededRandom(8)).filter(({ at }) => at <= 10);
    expect(logisticKnee(low, { random: seededRandom(9) })?.midpoint).toBeNull();
    expect(() => logisticKnee([{ at: 0, failures: [], requests: [] }], { random: seededRandom(1) })).toThrow(
      /concurrency/,
    );
    expect(() =>
      logisticKnee([{ at: 1, failures: [3], requests: [2] }], { random: seededRandom(1) }),
    ).toThrow(/failures/);
  });
});
