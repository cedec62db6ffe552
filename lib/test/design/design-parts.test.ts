import { expect, test } from "vitest";
import { around, cross } from "../../src/design/design-parts.ts";
import { studies } from "../../src/studies/catalogue.ts";
import { declareExperiments } from "../../src/studies/study.ts";

test("crosses levels with the last factor varying fastest", () => {
  expect(cross({ a: [1, 2], b: ["x", "y"] })).toEqual([
    { a: 1, b: "x" },
    { a: 1, b: "y" },
    { a: 2, b: "x" },
    { a: 2, b: "y" },
  ]);
});

test("a varied factor replaces its fixed level and nothing else", () => {
  const part = around("load", [{ blockers: 0 }], { probes: 50, load: "closed" }, { load: ["open"] }, 10);
  expect(part).toEqual({
    name: "load",
    scenarios: [{ blockers: 0, probes: 50, load: "open" }],
    replicates: 10,
  });
});

const experiments = declareExperiments(studies, [2, 4]);

test.each(experiments)(
  "$name: every scenario of every profile has a declared level for every factor, once",
  (experiment) => {
    for (const profile of ["smoke", "quick", "full"] as const) {
      const scenarios = experiment.design(profile).flatMap((part) => part.scenarios);
      expect(scenarios.length).toBeGreaterThan(0);
      for (const scenario of scenarios) {
        expect(Object.keys(scenario).sort()).toEqual(Object.keys(experiment.factors).sort());
        for (const [factor, level] of Object.entries(scenario)) {
          expect(experiment.factors[factor]?.levels).toContain(level);
        }
      }
      expect(new Set(scenarios.map((scenario) => JSON.stringify(Object.entries(scenario).sort()))).size).toBe(
        scenarios.length,
      );
    }
  },
);

test("the blocker sweep covers none to two more blockers than workers on each executor, 20 times", () => {
  const base = experiments[0]?.design("full").find(({ name }) => name === "base");
  expect(base?.replicates).toBe(20);
  for (const executor of ["run-queue", "piscina", "pinned"]) {
    for (const workers of [2, 4]) {
      const blockers = base?.scenarios
        .filter((scenario) => scenario["executor"] === executor && scenario["workers"] === workers)
        .map((scenario) => scenario["blockers"]);
      expect(blockers).toEqual(Array.from({ length: workers + 3 }, (_, count) => count));
    }
  }
});
