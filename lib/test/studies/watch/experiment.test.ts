import { expect, test } from "vitest";
import { workerStalls } from "../../../src/studies/watch/analysis/stalls.ts";
import { experiment } from "../../../src/studies/watch/experiment.ts";
import { stallsPerRun } from "../../../src/studies/watch/run.ts";
import { primaryOutcome } from "../../../src/tables/primary-outcome.ts";
import type { Columns } from "../../../src/tables/schema.ts";

test("counts as wrong a stall laid on somebody else or on nobody, and healthy load with an incident", () => {
  const samples: Columns = {
    kind: ["stall", "stall", "stall", "stall", "healthy", "healthy", "load"],
    expected: ["report", "report", "report", null, null, null, null],
    blamed: ["report", "step", null, null, null, null, null],
    incidents: [1, 1, 0, 0, 0, 1, null],
  };
  const { primary } = experiment();
  expect(primaryOutcome(primary as Parameters<typeof primaryOutcome>[0], samples)).toEqual({
    rule: "failureRate",
    failed: 3,
    trials: 7,
  });
});

test("the full design takes less than a campaign's patience and can show what the claims ask for", () => {
  const { design, expectedMs } = experiment();
  const parts = design("full");
  const sum = (
    name: string | null,
    value: (scenario: (typeof parts)[number]["scenarios"][number]) => number,
  ) =>
    parts
      .filter((part) => name === null || part.name === name)
      .flatMap(({ scenarios, replicates }) => scenarios.map((scenario) => value(scenario) * replicates))
      .reduce((total, each) => total + each, 0);
  expect(sum(null, expectedMs) / 60e3).toBeLessThanOrEqual(22);
  // Wilson's lower bound of 381 stalls without a miss is 0.99.
  const held = sum("stalls", ({ source }) =>
    workerStalls.some((name) => name === source) ? stallsPerRun : 0,
  );
  expect(held).toBeGreaterThanOrEqual(381);
  expect(sum("healthy", ({ seconds }) => seconds)).toBeGreaterThanOrEqual(480);
});
