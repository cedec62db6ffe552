import { expect, test } from "vitest";
import { remedyCosts, remedyEffects } from "../../../src/studies/remedies/analysis.ts";
import { remediesClaims } from "../../../src/studies/remedies/claims.ts";
import { experiment } from "../../../src/studies/remedies/experiment.ts";
import { remedyValues } from "../../../src/studies/remedies/values.ts";
import type { SampleOf } from "../../../src/tables/experiment-declaration.ts";
import { datasetOf } from "../../summary/dataset-of.ts";

type Sample = Partial<SampleOf<ReturnType<typeof experiment>>>;

const cell = { job: "sleep", remedy: "as-is", callers: "hurried", payloadKiB: 0 } as const;

function job(run: number, dueMs: number, delayMs: number, more: Sample): Sample {
  return { ...cell, run, kind: "job", dueNs: dueMs * 1e6, delayNs: delayMs * 1e6, heldNs: null, ...more };
}

function probes(run: number, delayMs: number, more: Sample = {}): Sample[] {
  return Array.from({ length: 30 }, () => ({
    ...cell,
    run,
    kind: "probe",
    dueNs: 0,
    delayNs: delayMs * 1e6,
    heldNs: null,
    outcome: null,
    ...more,
  }));
}

test("throughput counts what completed until the last job ended; waste is what was given up and ran", () => {
  const data = datasetOf(experiment(), [
    ...probes(1, 100),
    job(1, 0, 50, { outcome: "completed", heldNs: 50e6 }),
    job(1, 10, 90, { outcome: "completed", heldNs: 50e6 }),
    job(1, 50, 150, { outcome: "timed-out", heldNs: 50e6 }),
    job(1, 20, 150, { outcome: "timed-out" }),
  ]);
  expect(remedyEffects(data)[0]).toMatchObject({
    ...{ callers: "hurried", job: "sleep", remedy: "as-is", runs: 1 },
    ...{ probeP50Ms: 100, probeP99Ms: null, statP50Ms: null, jobsPerSecond: 10, wastedShare: 0.5 },
  });
});

test("nobody completed is a throughput of zero, and no job at all is none", () => {
  const data = datasetOf(experiment(), [
    ...probes(1, 1),
    job(1, 0, 150, { outcome: "timed-out" }),
    ...probes(2, 1, { callers: "none" }),
  ]);
  const rows = remedyEffects(data);
  expect(rows.map((row) => [row.callers, row.jobsPerSecond])).toEqual([
    ["hurried", 0],
    ["none", null],
  ]);
});

test("a job that does nothing costs what it takes, by payload", () => {
  const data = datasetOf(
    experiment(),
    [0, 1024].flatMap((payloadKiB) =>
      Array.from({ length: 30 }, () =>
        job(1, 0, payloadKiB > 0 ? 0.5 : 0.04, { callers: "single", payloadKiB, outcome: "completed" }),
      ),
    ),
  );
  const rows = remedyCosts(data);
  expect(rows.map((row) => [row.payloadKiB, row.p50Us])).toEqual([
    [0, 40],
    [1024, 500],
  ]);
});

test("claims say what they need where a remedy was not measured", () => {
  const data = datasetOf(experiment(), probes(1, 1));
  for (const claim of remediesClaims) expect(claim.judge(data).verdict).toBe("not testable here");
});

test("values are named by work and remedy, and null where a pair was not measured", () => {
  const patient = { callers: "patient", job: "foreign-call", remedy: "isolated" } as const;
  const data = datasetOf(experiment(), [
    ...probes(1, 2, patient),
    ...probes(2, 2, { callers: "none" }),
    ...Array.from({ length: 30 }, () => job(3, 0, 0.04, { callers: "single", outcome: "completed" })),
  ]);
  const summaries = { effects: remedyEffects(data), costs: remedyCosts(data) };
  expect(remedyValues(data, summaries)).toMatchObject({
    ...{ runs: 3, probeForeignCallIsolatedMs: null, costAsIsUs: 40, cost1024KiBUs: null },
    ...{ probeSleepAsIsMs: null, wastedSleepAsIsShare: null, hurriedProbeSleepAsIsMs: null },
  });
});
