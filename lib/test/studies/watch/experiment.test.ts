import { expect, test } from "vitest";
import { experiment } from "../../../src/studies/watch/experiment.ts";
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

test("the full design measures an hour of healthy load", () => {
  const healthy = experiment()
    .design("full")
    .filter(({ name }) => name === "healthy")
    .flatMap(({ scenarios, replicates }) => scenarios.map(({ seconds }) => seconds * replicates));
  expect(healthy.reduce((sum, seconds) => sum + seconds, 0)).toBeGreaterThanOrEqual(3600);
});
