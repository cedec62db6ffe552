import { expect, test } from "vitest";
import { experiment } from "../../../src/studies/worker-count/experiment.ts";

test("the pools are 1 to 16 workers whatever the host, unless others are asked for", () => {
  expect(experiment().factors.workers.levels).toEqual([1, 2, 4, 8, 16]);
  expect(experiment([3]).factors.workers.levels).toEqual([3]);
});

test("each pool is measured around its own saturation point, and with clients in proportion to it", () => {
  const scenarios = experiment()
    .design("full")
    .flatMap((part) => part.scenarios)
    .filter(({ executor }) => executor === "run-queue");
  const loads = (workers: number, sweep: string) =>
    scenarios.filter((each) => each.workers === workers && each.sweep === sweep).map(({ load }) => load);
  expect(loads(16, "in-step")).toEqual([0, 4, 8, 15, 16, 17]);
  expect(loads(1, "in-step")).toEqual([0, 1, 2]);
  expect(loads(8, "out-of-step")).toEqual([8]);
  expect(loads(8, "requests")).toEqual([8, 32, 48, 64]);
});

test.each([
  ["in-step", 1, "overheadNs", 500],
  ["out-of-step", 1, "overheadNs", 500],
  ["requests", 2, "latencyNs", 40],
] as const)(
  "%s leaves one row for each sleep or request, and none lost",
  async (sweep, load, column, count) => {
    const { run, primary } = experiment();
    const { samples, lostSamples } = await run({ executor: "run-queue", workers: 2, sweep, load }, 1);
    expect(lostSamples).toBe(0);
    expect(samples[column]).toHaveLength(count);
    expect(Array.from(samples[column]).every(Number.isInteger)).toBe(true);
    expect(primary.rule === "p99" && primary.durationsNs(samples).every(Number.isInteger)).toBe(true);
  },
);
