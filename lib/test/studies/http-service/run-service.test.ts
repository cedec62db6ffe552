import { expect, test } from "vitest";
import type { Experiment } from "../../../src/design/experiment.ts";
import { experiment as earlyDetection } from "../../../src/studies/early-detection/experiment.ts";
import { experiment as httpService } from "../../../src/studies/http-service/experiment.ts";

test("the smoke scenario runs a real service under a real load", async () => {
  const experiment = httpService([4]);
  const [part] = experiment.design("smoke");
  const [scenario] = part?.scenarios ?? [];
  if (scenario === undefined) throw new TypeError("smoke has no scenario");
  const { samples, lostSamples } = await experiment.run(scenario, 1);
  expect(lostSamples).toBe(0);
  expect(Object.keys(samples).sort()).toEqual(Object.keys(experiment.response).sort());
  const outcomes = new Set(samples.outcome);
  expect(outcomes).toContain("timed-out");
  expect(outcomes).not.toContain("failed");
  expect(samples.waitUs.some((wait) => typeof wait === "number")).toBe(true);
});

const declared: readonly (readonly [Experiment, number])[] = [
  [httpService([2, 4]), 400],
  [earlyDetection([2, 4]), 200],
];

test.each(declared)("the full design keeps within its time (%#)", ({ design, expectedMs }, seconds) => {
  const totalMs = design("full")
    .flatMap(({ scenarios, replicates }) => scenarios.map((scenario) => replicates * expectedMs(scenario)))
    .reduce((sum, ms) => sum + ms, 0);
  expect(totalMs).toBeLessThan(seconds * 1000);
});

test("early detection measures the smallest pools beside the host's, unless told one", () => {
  expect(earlyDetection().factors.workers.levels.slice(0, 2)).toEqual([1, 2]);
  expect(earlyDetection([1]).factors.workers.levels).toEqual([1]);
});
