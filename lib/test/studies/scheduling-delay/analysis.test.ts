import { expect, test } from "vitest";
import {
  delayComponents,
  delayDesigns,
  delayPercentiles,
  noiseFloor,
} from "../../../src/studies/scheduling-delay/analysis.ts";
import { experiment } from "../../../src/studies/scheduling-delay/experiment.ts";
import { datasetOf, ramp } from "../../summary/dataset-of.ts";

test("percentiles of two runs of 1 … 1000 µs are 500 µs and 990 µs, and HDR agrees within its bound", () => {
  const samples = [...ramp(1, 1000, {}), ...ramp(2, 1000, {}), ...ramp(1, 9, { source: "blocker" })];
  const [row] = delayPercentiles(datasetOf(experiment(), samples));
  expect(row).toMatchObject({ executor: "run-queue", workers: 4, blockers: 0, runs: 2, samples: 2000 });
  expect(row?.p50Ms).toBeCloseTo(0.5, 9);
  expect(row?.p99Ms).toBeCloseTo(0.99, 9);
  expect(row?.ratio).toBeCloseTo(1.98, 9);
  expect(Math.abs((row?.hdrP99Ms ?? Number.NaN) - 0.99)).toBeLessThanOrEqual(row?.hdrErrorMs ?? 0);
  expect(row?.lateShare).toBe(0);
  expect(row?.p99LowMs).toBeLessThanOrEqual(0.99);
  // Two runs do not exclude what lies beyond their largest value.
  expect(row?.p99HighMs).toBeNull();
});

test("a tail of fewer than ten samples is missing, and a single run has no interval", () => {
  const [row] = delayPercentiles(datasetOf(experiment(), ramp(1, 100, {})));
  expect(row).toMatchObject({ p99Ms: null, hdrP99Ms: null, ratio: null, p50LowMs: null });
  expect(row).toHaveProperty("p50Ms", expect.closeTo(0.05, 9));
});

test("late is more than 5 ms, and only samples of the base grid count", () => {
  const samples = [...ramp(1, 1000, {}, 10), ...ramp(2, 1000, {}, 10), ...ramp(3, 50, { part: "load" })];
  const [row] = delayPercentiles(datasetOf(experiment(), samples));
  expect(row).toMatchObject({ samples: 2000, lateShare: 0.5 });
});

test("the queue is what the dispatcher leaves of the overhead", () => {
  const samples = [...ramp(1, 100, {}), ...ramp(2, 100, { executor: "pinned", dispatchNs: null })];
  const rows = delayComponents(datasetOf(experiment(), samples));
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ executor: "run-queue", dispatchP99Ms: null });
  expect(rows[0]).toHaveProperty("dispatchP50Ms", expect.closeTo(0.0004, 12));
  expect(rows[0]).toHaveProperty("queueP50Ms", expect.closeTo(0.05 - 0.0004, 12));
});

test("the step is p99 with no worker left over p99 with one left", () => {
  const samples = [1, 2].flatMap((run) => [
    ...ramp(run, 1000, { blockers: 3 }),
    ...ramp(run + 2, 1000, { blockers: 4 }, 75),
    ...ramp(run + 4, 1000, { blockers: 3, part: "blocking", blocking: "burst" }),
  ]);
  const rows = delayDesigns(datasetOf(experiment(), samples));
  expect(rows.map(({ design }) => design)).toEqual(["original", "one 150 ms burst"]);
  expect(rows[0]).toMatchObject({ workers: 4, runs: 4 });
  expect(rows[0]?.step).toBeCloseTo(75, 6);
  expect(rows[1]).toMatchObject({ atMs: null, step: null });
});

test("the noise floor compares with the timers of the same runs; a ratio needs a quantile above zero", () => {
  const pairs = (timer: number) =>
    [1, 2].flatMap((run) => [
      ...ramp(run, 1000, {}, 2),
      ...ramp(run, 1000, { source: "bare-timer" }, timer),
      ...ramp(run + 2, 1000, { blockers: 1 }, 9),
    ]);
  const [p50, p99] = noiseFloor(datasetOf(experiment(), pairs(1)));
  expect(p50).toMatchObject({ executor: "run-queue", probes: 50, quantile: "p50", runs: 2 });
  expect(p50?.ratio).toBeCloseTo(2, 9);
  expect(p99?.differenceMs).toBeCloseTo(0.99, 9);
  const [early] = noiseFloor(datasetOf(experiment(), pairs(-1)));
  expect(early?.ratio).toBeNull();
  expect(early?.differenceMs).toBeCloseTo(1.501, 9);
});
