import { describe, expect, test } from "vitest";
import { offBy } from "../../../src/studies/predictions/analysis/simulated-share.ts";
import {
  type DelayPrediction,
  delayPredictions,
  type FailurePrediction,
  failurePredictions,
  predictionErrors,
} from "../../../src/studies/predictions/analysis/sweeps.ts";
import { predictionValues } from "../../../src/studies/predictions/values.ts";
import { failureRates } from "../../../src/studies/request-timeouts/analysis.ts";
import { experiment as requestTimeouts } from "../../../src/studies/request-timeouts/experiment.ts";
import { experiment as schedulingDelay } from "../../../src/studies/scheduling-delay/experiment.ts";
import { datasetOf, ramp } from "../../summary/dataset-of.ts";
import { interval, unmeasured } from "../../summary/interval.ts";

describe("delayPredictions", () => {
  const dataset = datasetOf(
    schedulingDelay(),
    (["run-queue", "pinned", "piscina"] as const).flatMap((executor, e) =>
      [0, 4].flatMap((blockers, b) =>
        [0, 1].flatMap((i) => ramp(10 * e + 2 * b + i, 600, { executor, blockers }, 1 + blockers)),
      ),
    ),
  );
  const rows = delayPredictions(dataset);

  test("has a row for each measured cell of the executors that have a model", () => {
    expect(rows.map(({ executor, blockers }) => [executor, blockers])).toEqual([
      ["run-queue", 0],
      ["run-queue", 4],
      ["pinned", 0],
      ["pinned", 4],
    ]);
  });

  test("repeats the measured lag without blockers, and adds 40 ms at the saturation point", () => {
    expect(rows[0]?.p99Ms).toBeCloseTo(0.594, 9);
    expect(rows[0]?.p99FormulaMs).toBeCloseTo(0.594, 9);
    expect(rows[0]?.meanMs).toBeCloseTo(0.3005, 6);
    expect(rows[0]?.meanModelMs).toBeCloseTo(0.3, 1);
    expect(rows[1]).toMatchObject({ p99FormulaMs: 40 });
    expect(rows[1]?.p99ModelMs).toBeCloseTo(40, 0);
    expect(rows[1]?.meanFormulaMs).toBeCloseTo(0.4 * 40 + 0.6 * 0.3005, 6);
    expect(rows[1]?.meanModelMs).toBeCloseTo(16.2, 0);
  });

  test("leaves out an executor without its control", () => {
    const blocked = datasetOf(schedulingDelay(), ramp(1, 600, { executor: "pinned", blockers: 4 }));
    expect(delayPredictions(blocked)).toEqual([]);
  });
});

describe("failurePredictions", () => {
  const requests = (run: number, clients: number, outcome: string) =>
    Array.from({ length: 20 }, (_, request) => ({
      run,
      executor: "run-queue" as const,
      workers: 4,
      load: "closed-loop" as const,
      clients,
      request,
      outcome,
      timedNs: 12e6,
      metBlockedWorker: false,
      falseTimeout: false,
    }));
  const dataset = datasetOf(requestTimeouts(), [
    ...requests(1, 1, "completed"),
    ...requests(2, 100, "timed-out"),
  ]);
  const rows = failurePredictions(dataset, failureRates(dataset));

  test("predicts no failure for one client and nearly only failures for a hundred", () => {
    expect(rows[0]).toMatchObject({ executor: "run-queue", clients: 1, failureShare: 0, modelShare: 0 });
    expect(rows[1]).toMatchObject({ clients: 100, failureShare: 1 });
    expect(rows[1]?.modelShare).toBeGreaterThan(0.8);
  });
});

const delays: readonly DelayPrediction[] = [0, 3, 4].map((blockers) => ({
  executor: "run-queue",
  blockers,
  workers: 4,
  runs: 20,
  ...interval("mean", "Ms", 10, [0.9, 1.1]),
  meanModelMs: 10.5,
  meanFormulaMs: 12,
  ...unmeasured("p99", "Ms"),
  p99Ms: 40,
  p99ModelMs: 40 - blockers,
  p99FormulaMs: 40,
}));
const failures: readonly FailurePrediction[] = [1, 20, 30].map((clients) => ({
  executor: "run-queue",
  workers: 4,
  load: "closed-loop",
  clients,
  runs: 20,
  failureShare: (clients - 1) / 50,
  failureLowShare: 0,
  failureHighShare: 0.5,
  modelShare: 0.5,
  modelErrorShare: 0.01,
  drawnShare: null,
  drawnErrorShare: null,
}));

test("the simulator's own error counts on either side, also where the measured interval ends at its estimate", () => {
  const none = { ...(failures[0] as FailurePrediction), failureHighShare: 0.03 };
  const { estimate, low, high } = offBy(none, 0.1, 0.01);
  expect(estimate).toBeCloseTo(-0.1, 9);
  expect(low).toBeCloseTo(-0.1 - 1.96 * 0.01, 5);
  expect(high).toBeCloseTo(-0.1 + Math.hypot(0.03, 1.96 * 0.01), 5);
  expect(offBy(none, null, null)).toEqual({ estimate: null, low: null, high: null });
});

test("errors leave out what the models were calibrated with", () => {
  const rows = predictionErrors(delays, failures);
  const row = (quantity: string, model: string) =>
    rows.find((candidate) => candidate.quantity === quantity && candidate.model === model);
  expect(row("p99", "simulator")).toMatchObject({ compared: 2, inside: 0, largestErrorShare: 0.1 });
  expect(row("mean", "simulator")).toMatchObject({ compared: 2, inside: 2, medianErrorShare: 0.05 });
  expect(row("mean", "closed form")).toMatchObject({ inside: 0, largestErrorShare: 0.2, of: "measured" });
  const rate = row("failure rate", "simulator");
  expect(rate).toMatchObject({ compared: 2, inside: 2, of: "requests" });
  expect(rate?.largestErrorShare).toBeCloseTo(0.12, 9);
});

test("values find where half of the requests fail by interpolation; what is not there is missing", () => {
  const errors = predictionErrors(delays, failures);
  const values = predictionValues(
    { delays, failures, errors, openErrors: [], convoy: [], remedies: [], stealing: [] },
    4,
  );
  expect(values).toMatchObject({
    p99FormulaAtMs: 40,
    errorMeanRunQueueMs: 0.5,
    errorMeanPinnedMs: null,
    convoyModelShare: null,
    stealingOneMs: null,
  });
  expect(values["halfMeasuredClients"]).toBeCloseTo(26, 9);
  expect(values["halfFormulaClients"]).toBeCloseTo(31.39, 2);
  expect(Object.keys(values).length).toBeLessThanOrEqual(20);
});
