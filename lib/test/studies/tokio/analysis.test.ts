import { expect, test } from "vitest";
import { experiment as fixedWorkload } from "../../../src/studies/fixed-workload/experiment.ts";
import { experiment as introspection } from "../../../src/studies/introspection/experiment.ts";
import { experiment as loadRamp } from "../../../src/studies/load-ramp/experiment.ts";
import { experiment as requestTimeouts } from "../../../src/studies/request-timeouts/experiment.ts";
import { experiment as schedulingDelay } from "../../../src/studies/scheduling-delay/experiment.ts";
import { busyBesideTokio } from "../../../src/studies/tokio/analysis/busy.ts";
import { delaysBesideTokio } from "../../../src/studies/tokio/analysis/delays.ts";
import { failuresBesideTokio } from "../../../src/studies/tokio/analysis/failures.ts";
import { explainDifference, pointRow } from "../../../src/studies/tokio/analysis/point.ts";
import { tokioBesideTable, tokioReasonsTable } from "../../../src/studies/tokio/analysis/tables.ts";
import { tokioValues } from "../../../src/studies/tokio/values.ts";
import type { SampleOf } from "../../../src/tables/experiment-declaration.ts";
import { datasetOf, ramp } from "../../summary/dataset-of.ts";

const between = (low: number, high: number) => ({ estimate: (low + high) / 2, low, high });
const point = {
  experiment: "scheduling-delay",
  quantity: "p99, in blocks",
  at: "somewhere",
  levels: {},
  executor: "run-queue",
  saturated: true,
  by: "ratio",
  tokio: between(2, 2),
} as const;

test.each([
  ["alike", between(1.7, 2.4)],
  ["higher", between(2.6, 3)],
  ["lower", between(1, 1.5)],
  ["open", between(2, 3)],
  ["open", { estimate: 9, low: null, high: null }],
])("a delay is %s by a factor of 1.25, with its whole interval", (difference, ours) => {
  expect(pointRow({ ...point, ours }).difference).toBe(difference);
});

test("a share is compared by percentage points, and how far apart is told with its interval", () => {
  const share = { ...point, by: "points", tokio: between(0.37, 0.37) } as const;
  expect(pointRow({ ...share, ours: between(0.34, 0.41) }).difference).toBe("alike");
  expect(pointRow({ ...share, ours: between(0.5, 0.6) })).toMatchObject({
    difference: "higher",
    apart: expect.closeTo(0.18, 9),
    apartLow: expect.closeTo(0.13, 9),
  });
});

test("a difference has a reason in the design, likeness needs none, and pinned tasks have their own", () => {
  const at = { quantity: "p99, in blocks", executor: "run-queue", saturated: true } as const;
  expect(explainDifference(at, "lower")).toMatch(/^queue discipline/);
  expect(explainDifference({ ...at, saturated: false }, "lower")).toMatch(/^timers/);
  expect(explainDifference({ ...at, executor: "piscina" }, "higher")).toMatch(/^dispatch/);
  expect(explainDifference({ ...at, executor: "pinned" }, "higher")).toMatch(/^no stealing/);
  expect(explainDifference(at, "alike")).toBe("–");
  expect(explainDifference(at, "open")).toBe("–");
});

/** Overheads of 1 … 1000 µs without blockers, and fifty times that with all four workers blocked. */
const sweep = datasetOf(schedulingDelay(), [
  ...[1, 2].flatMap((run) => ramp(run, 1000, { blockers: 0 })),
  ...[3, 4].flatMap((run) => ramp(run, 1000, { blockers: 4 }, 50)),
]);

test("published delays stand beside ours in blocks and as multiples of each system's own floor", () => {
  const rows = delaysBesideTokio(sweep);
  const at = (quantity: string, blockers: number) =>
    rows.find(
      (row) =>
        row.executor === "run-queue" &&
        row.quantity === quantity &&
        row.tasks === 50 &&
        row.blockers === blockers,
    );
  // Published p99 of three runs: 40.127, 40.671 and 90.175 ms; ours is 49.5 ms.
  expect(at("p99, in blocks", 4)).toMatchObject({
    tokio: expect.closeTo(0.81342, 5),
    tokioLow: expect.closeTo(0.80254, 5),
    tokioHigh: expect.closeTo(1.8035, 5),
    ours: expect.closeTo(0.99, 9),
    difference: "alike",
  });
  // Published 40.671 over 1.171 ms.
  expect(at("p99 over its own floor", 4)).toMatchObject({
    tokio: expect.closeTo(34.73, 2),
    ours: expect.closeTo(50, 6),
  });
  expect(at("p99, in blocks", 1)).toMatchObject({ ours: null, difference: "open", why: "–" });
});

test("published failure rates stand beside ours at the same clients, blockers and tasks", () => {
  const request = (run: number, i: number) => ({
    run,
    executor: "run-queue" as const,
    workers: 4,
    load: "closed-loop" as const,
    clients: 30,
    request: i,
    outcome: i % 2 === 0 ? "completed" : "timed-out",
  });
  const requests = datasetOf(
    requestTimeouts(),
    [1, 2, 3, 4, 5, 6].flatMap((run) => Array.from({ length: 200 }, (_, i) => request(run, i))),
  );
  const tally = { kind: "tally", executor: "run-queue", workers: 4, falseTimeouts: 0 } as const;
  const tallies = (levels: Partial<SampleOf<ReturnType<typeof loadRamp>>>, timedOut: number) =>
    [1, 2].map((run) => ({ ...tally, ...levels, run, requests: 5000, timedOut }));
  const fixed = tallies({ tasks: 500, blockers: 4 }, 2500).map((row) => ({
    ...row,
    blocking: "original" as const,
  }));
  const failures = failuresBesideTokio({
    requests,
    fixed: datasetOf(fixedWorkload(), fixed),
    ramp: datasetOf(loadRamp(), tallies({ tasks: 20_000, blockers: 3 }, 4900)),
  });
  const at = (quantity: string, level: number) =>
    failures.find((row) => row.quantity === quantity && row.level === level && row.executor === "run-queue");
  expect(at("failure rate by clients", 30)).toMatchObject({ tokio: 0.373, ours: 0.5, difference: "higher" });
  expect(at("failure rate beside blockers", 4)).toMatchObject({ tokio: 0.34, ours: 0.5 });
  expect(at("failure rate of growing load", 20_000)).toMatchObject({ tokio: 0.963, ours: 0.98 });
  expect(at("failure rate by clients", 50)).toMatchObject({ tokio: 0.938, ours: null });
});

test("the ratio of scheduled to busy time is compared by what the last worker does to it", () => {
  const probe = (run: number, blockers: number, schedNs: number) => ({
    run,
    part: "base",
    kind: "probe",
    executor: "run-queue" as const,
    workers: 4,
    blockers,
    schedNs,
    busyNs: 100,
  });
  const data = datasetOf(introspection(), [
    ...[1, 2, 3].map((run) => probe(run, 3, 100 + run)),
    ...[4, 5, 6].map((run) => probe(run, 4, 1000 + run)),
  ]);
  const [row] = busyBesideTokio(data);
  expect(row).toMatchObject({
    executor: "run-queue",
    tokio: expect.closeTo(655 / 357, 9),
    difference: "higher",
  });
  expect(row?.ours).toBeCloseTo(10.05 / 1.02, 9);
});

test("tables have one row a point and one a reason; values are named, and null where nothing was measured", () => {
  const delays = delaysBesideTokio(sweep);
  const table = tokioBesideTable(delays);
  expect(table["at"]?.[0]).toBe("0 of 4 workers blocked, 50 tasks");
  expect(table["Tokio (range)"]?.[4]).toBe("0.813 (0.803 to 1.80)");
  expect(table["piscina"]?.[4]).toBeNull();
  expect(table["run-queue is"]?.[4]).toBe("alike");
  const reasons = tokioReasonsTable(delays);
  expect(reasons["points"]?.length).toBe(reasons["candidate"]?.length);
  const values = tokioValues({ delays, failures: [], busy: [] });
  expect(values["heightFewRunQueue"]).toBeCloseTo(0.99, 9);
  expect(values["heightManyRunQueue"]).toBeNull();
  expect(values["failure30Tokio"]).toBeNull();
});
