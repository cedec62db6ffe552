import { expect, test } from "vitest";
import {
  type MechanismName,
  type MechanismScenario,
  observeMechanism,
  operationsPerRun,
} from "../../../src/studies/failure-mechanisms/observe-mechanism.ts";
import { mechanismSamples, response } from "../../../src/studies/failure-mechanisms/samples.ts";

const alone = { workers: 2, blockers: 0, placement: "shared", dependencyMs: 0 } as const;

test.each<[MechanismName, Partial<MechanismScenario>]>([
  ["time-out", {}],
  ["bounded-channel", {}],
  ["mutex", {}],
  ["mutex", { blockers: 3 }],
  ["mutex", { blockers: 3, placement: "isolated" }],
])("%s accounts for every operation: %o", async (mechanism, more) => {
  const observed = await observeMechanism({ ...alone, ...more, mechanism }, 1);
  const samples = mechanismSamples(observed);
  expect(Object.keys(samples)).toEqual(Object.keys(response));
  expect(samples.outcome).toHaveLength(operationsPerRun);
  for (const { outcome, error } of observed.operations) expect(outcome === "completed").toBe(error === null);
  const reports = more.blockers !== undefined && more.placement !== "isolated";
  expect(observed.records.names.includes("report")).toBe(reports);
});
