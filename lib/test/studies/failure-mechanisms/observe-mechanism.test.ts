import { expect, test } from "vitest";
import {
  mechanismResponse,
  mechanismSamples,
} from "../../../src/studies/failure-mechanisms/mechanism-samples.ts";
import type { MechanismName } from "../../../src/studies/failure-mechanisms/mechanisms.ts";
import {
  type MechanismScenario,
  observeMechanism,
  operationsPerRun,
} from "../../../src/studies/failure-mechanisms/observe-mechanism.ts";

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
  expect(Object.keys(samples)).toEqual(Object.keys(mechanismResponse));
  expect(samples["outcome"]).toHaveLength(operationsPerRun);
  for (const { outcome, error } of observed.operations) expect(outcome === "completed").toBe(error === null);
  const reports = more.blockers !== undefined && more.placement !== "isolated";
  expect(observed.records.names.includes("report")).toBe(reports);
});
