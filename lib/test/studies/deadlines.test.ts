import { expect, test } from "vitest";
import { experiment as fixedWorkload } from "../../src/studies/fixed-workload/experiment.ts";
import { fixedWorkloadValues } from "../../src/studies/fixed-workload/values.ts";
import { rampCollapse, rampFailures } from "../../src/studies/load-ramp/analysis.ts";
import { loadRampClaims } from "../../src/studies/load-ramp/claims.ts";
import { experiment as loadRamp } from "../../src/studies/load-ramp/experiment.ts";
import { loadRampValues } from "../../src/studies/load-ramp/values.ts";
import { deadlineFailures } from "../../src/summary/deadline-failures.ts";
import { dispatcherRoom } from "../../src/summary/dispatcher-room.ts";
import type { SampleOf } from "../../src/tables/experiment-declaration.ts";
import { datasetOf } from "../summary/dataset-of.ts";

type Sample = Partial<SampleOf<ReturnType<typeof loadRamp>>>;

const none = { requests: null, timedOut: null, falseTimeouts: null, overheadNs: null, dispatchNs: null };
const idle = { ...none, polls: null, loadNs: null, threadCpuNs: null };

/** One run of 200 requests in two rounds, all failures in the second; its dispatcher worked for a quarter of a second. */
function run(number: number, levels: Sample, timedOut: number): Sample[] {
  const base = { run: number, executor: "run-queue", workers: 4, ...levels } as const;
  const tally = { kind: "tally", ...base, ...idle, requests: 100 };
  return [
    { ...tally, timedOut: 0, falseTimeouts: 0 },
    { ...tally, timedOut, falseTimeouts: Math.min(timedOut, 1) },
    ...Array.from({ length: 1200 }, (_, i) => ({
      kind: "poll",
      ...base,
      ...idle,
      overheadNs: (i + 1) * 1000,
      dispatchNs: 500,
    })),
    { kind: "dispatch", ...base, ...idle, polls: 2000, loadNs: 1e9, threadCpuNs: 2.5e8 },
  ];
}

const runs = [
  ...run(1, { tasks: 50, blockers: 0 }, 0),
  ...run(2, { tasks: 50, blockers: 0 }, 0),
  ...run(3, { tasks: 50, blockers: 3 }, 0),
  ...run(4, { tasks: 50, blockers: 3 }, 0),
  ...run(5, { tasks: 500, blockers: 0 }, 20),
  ...run(6, { tasks: 500, blockers: 0 }, 20),
  ...run(7, { tasks: 500, blockers: 3 }, 100),
  ...run(8, { tasks: 500, blockers: 3 }, 100),
  ...run(9, { tasks: 5000, blockers: 0 }, 100),
  ...run(10, { tasks: 5000, blockers: 0 }, 100),
];
const dataset = datasetOf(loadRamp(), runs);

test("200 failures among 400 requests are 50 %, whatever the round", () => {
  expect(deadlineFailures(dataset).at(3)).toMatchObject({
    tasks: 500,
    blockers: 3,
    runs: 2,
    requests: 400,
    failures: 200,
    failureShare: 0.5,
    falseTimeouts: 2,
  });
});

test("a quarter of a second of CPU time in a second is a quarter of a core, and polls count alike", () => {
  expect(dispatcherRoom(dataset)[0]).toMatchObject({
    tasks: 50,
    blockers: 0,
    busyShare: 0.25,
    pollsASecond: 2000,
    handOverP99Ms: 0.0005,
    overheadP50Ms: expect.closeTo(0.6, 9),
    overheadP99Ms: expect.closeTo(1.188, 9),
  });
});

test("blocking adds what the same load without blockers does not lose; a load without its control is left out", () => {
  const rows = rampFailures(dataset);
  expect(rows).toHaveLength(2);
  expect(rows[1]).toMatchObject({ tasks: 500, controlShare: 0.1, blockedShare: 0.5 });
  expect(rows[1]?.addedShare).toBeCloseTo(0.4, 12);
  expect(rows[1]?.addedLowShare).toBeLessThan(0.4);
  expect(rows[0]).toMatchObject({ tasks: 50, addedShare: 0 });
});

test("one request in twenty fails somewhere between no failure and one in ten; half of them fail at no load below", () => {
  const controls = [
    { tasks: 50, timedOut: 0 },
    { tasks: 500, timedOut: 20 },
    { tasks: 5000, timedOut: 100 },
  ].flatMap(({ tasks, timedOut }) =>
    [1, 2, 3, 4, 5, 6, 7].flatMap((i) => run(10 * tasks + i, { tasks, blockers: 0 }, timedOut)),
  );
  const [control] = rampCollapse(datasetOf(loadRamp(), controls));
  expect(control).toMatchObject({ blockers: 0, runs: 21 });
  expect(control?.onsetTasks).toBeGreaterThan(50);
  expect(control?.onsetTasks).toBeLessThan(500);
  expect(control?.midpointTasks ?? 5000).toBeGreaterThan(500);
});

test("values are named by what the blockers leave, and null where nothing was measured", () => {
  const rates = rampFailures(dataset);
  const room = dispatcherRoom(dataset);
  expect(loadRampValues(dataset, { rates, collapse: rampCollapse(dataset), room })).toMatchObject({
    runs: 10,
    pollsASecondRunQueueFree: 2000,
    pollsASecondPiscinaFree: null,
    controlRunQueueAt5000Share: null,
    addedPinnedAt500Share: null,
    halfPiscinaBelow: null,
  });
  const fixed = datasetOf(
    fixedWorkload(),
    runs.map((row) => ({ ...row, blocking: "sustained" as const })),
  );
  expect(
    fixedWorkloadValues(fixed, { failures: deadlineFailures(fixed), room: dispatcherRoom(fixed) }),
  ).toMatchObject({
    tasksRunQueue: 50,
    busyRunQueueShare: 0.25,
    failureRunQueueFreeShare: 0,
    failureRunQueueBelowShare: 0,
    failureRunQueueAtShare: null,
    tasksPinned: null,
    failurePublishedShare: null,
  });
});

test("a pool of one worker decides nothing of blockers that leave one worker free", () => {
  const executors = ["run-queue", "piscina", "pinned"] as const;
  const ofOne = executors.flatMap((executor, kind) =>
    [10, 500, 5000].flatMap((tasks, load) =>
      [0, 1, 2, 3].flatMap((i) =>
        run(100 * kind + 10 * load + i, { executor, workers: 1, tasks, blockers: 0 }, [0, 30, 99][load] ?? 0),
      ),
    ),
  );
  const judgements = loadRampClaims
    .filter(({ id }) => id !== "ramp-survives-5000")
    .map(({ judge }) => judge(datasetOf(loadRamp(), ofOne)));
  expect(new Set(judgements.map(({ verdict, reason }) => `${verdict}: ${reason}`))).toEqual(
    new Set(["not testable here: a pool of one worker leaves none free beside a blocker"]),
  );
});
