import { expect, test } from "vitest";
import { instrumentVerdicts } from "../../../src/studies/introspection/analysis/instrument-verdicts.ts";
import { taskTimes } from "../../../src/studies/introspection/analysis/task-times.ts";
import type { WatchedRow } from "../../../src/studies/introspection/analysis/watched-runs.ts";
import { holdCpuShare, workerTimes } from "../../../src/studies/introspection/analysis/worker-times.ts";
import { introspectionClaims } from "../../../src/studies/introspection/claims.ts";
import { experiment } from "../../../src/studies/introspection/experiment.ts";
import { datasetOf } from "../../summary/dataset-of.ts";
import { type WatchedOptions, watchedRows } from "./watched-rows.ts";

const idle = { busy: 1, blocked: 0, cpu: 20, loop: 1, delay: null };
const held = { busy: 950, blocked: 940, cpu: 20, loop: 1, delay: null };
const healthy = { busyMs: 0.1, schedMs: 1, waitP99Ms: 1, mainDelayMs: 1 };
const starved = { ...healthy, schedMs: 300, waitP99Ms: 40 };

/** Three runs at each of 0, 1 and 2 blockers on two workers, a little apart from each other. */
function starvedPool(executor: WatchedRow["executor"] = "run-queue") {
  const runs = (first: number, more: Omit<WatchedOptions, "run">) =>
    [0, 1, 2].flatMap((i) =>
      watchedRows({ ...more, executor, run: first + i, schedMs: more.schedMs * (1 + i / 100) }),
    );
  return datasetOf(experiment(), [
    ...runs(0, { blockers: 0, threads: [idle, idle], ...healthy }),
    ...runs(3, { blockers: 1, threads: [held, idle], ...healthy }),
    ...runs(6, { blockers: 2, threads: [held, held], ...starved }),
  ]);
}

const verdictOf = (instrument: string) =>
  instrumentVerdicts(starvedPool()).find((row) => row.instrument === instrument);

test("an instrument whose reading jumps with the last worker sees, one that stays is blind, a silent one says so", () => {
  expect(verdictOf("Sched per poll")).toMatchObject({ seesSaturation: "sees", accuses: false });
  expect(verdictOf("Sched per poll")?.factor).toBeCloseTo(300, 6);
  expect(verdictOf("event-loop delay, main thread")).toMatchObject({ seesSaturation: "blind", factor: 1 });
  expect(verdictOf("event-loop delay, workers")).toMatchObject({ seesSaturation: "silent", full: null });
});

test("a share is judged by what is left free on the idlest worker", () => {
  // From 0.999 free to 0.05 free.
  expect(verdictOf("busy share")).toMatchObject({ seesSaturation: "sees", below: 0.001 });
  expect(verdictOf("busy share")?.factor).toBeCloseTo(19.98, 6);
  expect(verdictOf("longest hold")).toMatchObject({ seesHold: "sees", seesSaturation: "blind" });
});

test("an instrument that shows a worker nobody held as fully used accuses it", () => {
  expect(verdictOf("event-loop utilisation, workers")).toMatchObject({
    seesSaturation: "blind",
    accuses: true,
  });
  expect(verdictOf("thread CPU, workers")).toMatchObject({ accuses: false });
});

test("divides scheduled by busy time of all tasks of a run, as tokio-console does for one", () => {
  const rows = taskTimes(starvedPool());
  const probes = rows.filter(({ tasks }) => tasks === "probes");
  expect(probes.map(({ blockers }) => blockers)).toEqual([0, 1, 2]);
  expect(probes.map((row) => Math.round(Number(row.schedToBusy)))).toEqual([10, 10, 3030]);
});

test("ranks the workers of each run by what they were busy", () => {
  const rows = workerTimes(starvedPool());
  const below = rows.filter(({ blockers }) => blockers === 1);
  expect(below.map(({ worker, busyShare }) => [worker, busyShare])).toEqual([
    ["busiest", expect.closeTo(0.95, 9)],
    ["idlest", 0.001],
  ]);
});

test("relates CPU time to held time where every worker had a blocker", () => {
  expect(holdCpuShare(starvedPool(), "parked").estimate).toBeCloseTo(40 / 1900, 9);
  expect(holdCpuShare(starvedPool(), "computing").estimate).toBeNull();
});

test("the claims find the jump, the blind thread and the accused worker, and fail the doubling", () => {
  const [queue, piscina] = [starvedPool(), starvedPool("piscina")];
  const both = datasetOf(experiment(), [
    ...(queue.samples.objects() as WatchedRow[]),
    ...(piscina.samples.objects() as WatchedRow[]).map((row) => ({ ...row, run: row.run + 9 })),
  ]);
  const verdicts = Object.fromEntries(introspectionClaims.map(({ id, judge }) => [id, judge(both).verdict]));
  expect(verdicts).toEqual({
    "introspection-sched-to-busy": "fails",
    "introspection-main-thread-blind": "holds",
    "introspection-utilisation-accuses": "holds",
    "introspection-wait-time-sees": "holds",
    "introspection-cpu-tells-parked": "not testable here",
  });
});
