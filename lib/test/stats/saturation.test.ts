import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/stats/random.ts";
import { saturationPoint } from "../../src/stats/saturation-point.ts";
import { type Design, drawRuns } from "./designs.ts";

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
