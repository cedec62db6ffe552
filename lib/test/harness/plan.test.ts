import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DesignPart, Experiment } from "../../src/design/experiment.ts";
import { planRuns, replicateSeed } from "../../src/harness/plan.ts";
import { UsageError } from "../../src/measure/study-error.ts";
import { countdown } from "./fixtures/countdown.ts";

/** An experiment whose parts have the given numbers of scenarios and replicates. */
function withParts(parts: readonly (readonly [scenarios: number, replicates: number])[]): Experiment {
  return {
    ...countdown,
    design: () =>
      parts.map(
        ([scenarios, replicates], i): DesignPart => ({
          name: `part ${i}`,
          replicates,
          scenarios: Array.from({ length: scenarios }, (_, level) => ({ behaviour: `${i}`, size: level })),
        }),
      ),
  };
}

const anyParts = fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 20 })), {
  minLength: 1,
  maxLength: 4,
});
const anySeed = fc.integer({ min: 0, max: 2 ** 32 - 1 });

function counts(values: readonly (number | string)[]): Map<number | string, number> {
  const counted = new Map<number | string, number>();
  for (const value of values) counted.set(value, (counted.get(value) ?? 0) + 1);
  return counted;
}

describe("a plan", () => {
  test("holds every scenario as often as its part asks, and nothing else", () => {
    fc.assert(
      fc.property(anyParts, anySeed, (parts, seed) => {
        const { jobs } = planRuns(withParts(parts), "quick", seed);
        const found = counts(jobs.map(({ part, scenario }) => `${part} ${scenario["size"]}`));
        for (const [i, [scenarios, replicates]] of parts.entries()) {
          for (let size = 0; size < scenarios; size++)
            expect(found.get(`part ${i} ${size}`)).toBe(replicates);
        }
        expect(found.size).toBe(parts.reduce((sum, [scenarios]) => sum + scenarios, 0));
      }),
    );
  });

  test("runs one block after the other, and numbers runs in their order", () => {
    fc.assert(
      fc.property(anyParts, anySeed, (parts, seed) => {
        const { jobs } = planRuns(withParts(parts), "quick", seed);
        expect(jobs.map(({ order }) => order)).toEqual([...jobs.keys()]);
        expect(jobs.map(({ run }) => run)).toEqual([...jobs.keys()]);
        const blocks = jobs.map(({ block }) => block);
        expect(blocks).toEqual(blocks.toSorted((a, b) => a - b));
      }),
    );
  });

  test("has complete blocks: those parts with most replicates are in each block once", () => {
    fc.assert(
      fc.property(anyParts, anySeed, (parts, seed) => {
        const { jobs, blocks } = planRuns(withParts(parts), "quick", seed);
        for (const [i, [scenarios, replicates]] of parts.entries()) {
          if (replicates < blocks) continue;
          const perBlock = counts(jobs.filter(({ part }) => part === `part ${i}`).map(({ block }) => block));
          expect([...perBlock.values()]).toEqual(new Array(blocks).fill(scenarios));
        }
      }),
    );
  });

  test("spreads the replicates of every scenario evenly over the campaign", () => {
    fc.assert(
      fc.property(anyParts, anySeed, (parts, seed) => {
        const { jobs, blocks } = planRuns(withParts(parts), "quick", seed);
        for (const [i, [scenarios, replicates]] of parts.entries()) {
          for (let size = 0; size < scenarios; size++) {
            const mine = jobs.filter(
              ({ part, scenario }) => part === `part ${i}` && scenario["size"] === size,
            );
            const gaps = mine.slice(1).map(({ block }, k) => block - (mine[k]?.block ?? 0));
            for (const gap of gaps) expect(Math.abs(gap - blocks / replicates)).toBeLessThan(1);
          }
        }
      }),
    );
  });

  test("fills blocks evenly: no two differ by more than a run of each part", () => {
    fc.assert(
      fc.property(anyParts, anySeed, (parts, seed) => {
        const { jobs, blocks } = planRuns(withParts(parts), "quick", seed);
        const sizes = Array.from(
          { length: blocks },
          (_, at) => jobs.filter(({ block }) => block === at).length,
        );
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(2 * parts.length);
      }),
    );
  });

  test("is the same for the same seed and another for another", () => {
    const plan = (seed: number) => planRuns(withParts([[9, 20]]), "quick", seed).jobs;
    expect(plan(5)).toEqual(plan(5));
    expect(plan(5).map(({ scenario }) => scenario)).not.toEqual(plan(6).map(({ scenario }) => scenario));
  });

  test("gives a run the same seed in a restricted design as in the whole one", () => {
    const seeds = (restriction: Record<string, number[]>) =>
      planRuns(countdown, "smoke", 1, restriction)
        .jobs.filter(({ scenario }) => scenario["size"] === 5)
        .map(({ seed }) => seed)
        .sort();
    expect(seeds({ size: [5] })).toEqual(seeds({}));
    expect(new Set(seeds({})).size).toBe(2);
  });

  test("keeps only the asked levels, and refuses to keep none", () => {
    const { jobs } = planRuns(countdown, "quick", 1, { size: [1, 5], behaviour: ["well"] });
    const sizes = counts(jobs.map(({ scenario }) => scenario["size"] ?? ""));
    expect([sizes.get(1), sizes.get(5), sizes.size]).toEqual([2, 2, 2]);
    const none = () => planRuns(countdown, "smoke", 1, { behaviour: ["hanging"] });
    expect(none).toThrow(UsageError);
    expect(none).toThrow("countdown has no scenario with behaviour=hanging in profile smoke");
  });
});

describe("the seed of a replicate", () => {
  const [seed, experiment, part, scenario, replicate] = [
    7,
    "requests",
    "base",
    { size: 1, load: "closed" },
    0,
  ];
  const base = replicateSeed(seed, experiment, part, scenario, replicate);

  test("changes with each of the things it is derived from", () => {
    const others = [
      replicateSeed(8, experiment, part, scenario, replicate),
      replicateSeed(seed, "delays", part, scenario, replicate),
      replicateSeed(seed, experiment, "collapse", scenario, replicate),
      replicateSeed(seed, experiment, part, { size: 2, load: "closed" }, replicate),
      replicateSeed(seed, experiment, part, { size: 1, load: "open" }, replicate),
      replicateSeed(seed, experiment, part, scenario, 1),
    ];
    expect(new Set([base, ...others]).size).toBe(7);
  });

  test("is the same again, in whatever order the scenario names its levels", () => {
    expect(replicateSeed(seed, experiment, part, { load: "closed", size: 1 }, replicate)).toBe(base);
  });

  test("is its own for each run of a plan, also where two parts hold the same scenario", () => {
    const twice = {
      ...countdown,
      design: () =>
        ["base", "again"].map(
          (name): DesignPart => ({ name, replicates: 3, scenarios: [{ size: 1 }, { size: 2 }] }),
        ),
    };
    const { jobs } = planRuns(twice, "quick", 1);
    expect(new Set(jobs.map((job) => job.seed)).size).toBe(12);
  });
});
