import { expect, test } from "vitest";
import { experiment as earlyDetection } from "../../../src/studies/early-detection/experiment.ts";
import {
  generatorLateness,
  goodputRatio,
  serviceRates,
  serviceRecovery,
  serviceRuns,
} from "../../../src/studies/http-service/analysis.ts";
import { httpServiceValues } from "../../../src/studies/http-service/values.ts";
import { datasetOf } from "../../summary/dataset-of.ts";
import { served, servedDataset } from "./served.ts";

/** Four requests within a second: two answered, one of them blocking; two timed out, one of which a worker served. */
const second = (run: number) => [
  served({ run, request: 0, heldUs: 100 }),
  served({ run, request: 1, blocking: true, heldUs: 50_000 }),
  served({ run, request: 2, outcome: "timed-out", heldUs: null }),
  served({
    run,
    request: 3,
    blocking: true,
    outcome: "timed-out",
    heldUs: 49_900,
    beganUs: 900_000,
    latencyUs: 100_000,
  }),
];

test("failures, goodput and dead work follow from the attempts", () => {
  const rates = serviceRates(servedDataset([...second(1), ...second(2)]));
  expect(rates).toHaveLength(1);
  expect(rates[0]).toMatchObject({
    treatment: "as-is",
    connections: 8,
    runs: 2,
    requests: 8,
    failureShare: 0.5,
    plainFailureShare: 0.5,
    blockingFailureShare: 0.5,
    goodput: 2,
    deadWorkShare: 0.499,
  });
});

test("bursts are not steady load", () => {
  const rows = [...second(1), ...second(2).map((row) => ({ ...row, load: "burst" as const }))];
  expect(serviceRates(servedDataset(rows)).map(({ load }) => load)).toEqual(["closed-loop"]);
});

test("an experiment without treatments is described by the factors it has", () => {
  const [rate] = serviceRates(datasetOf(earlyDetection(), second(1)));
  expect(Object.keys(rate ?? {}).slice(0, 3)).toEqual(["workers", "connections", "runs"]);
});

test("twice the goodput in every run is a factor of two exactly; no goodput is no factor", () => {
  const dataset = servedDataset([
    ...second(1),
    ...second(2),
    ...second(3).map((row) => ({ ...row, connections: 50, outcome: "completed" })),
    ...second(4).map((row) => ({ ...row, connections: 50, outcome: "completed" })),
    ...second(5).map((row) => ({ ...row, connections: 51, outcome: "timed-out" })),
  ]);
  const [few, many, none] = serviceRuns(dataset, { by: ["connections"] }).map(({ runs }) => runs);
  const ratio = goodputRatio(many ?? [], few ?? []);
  expect(ratio.estimate).toBeCloseTo(2, 12);
  expect(ratio.low).toBeCloseTo(2, 12);
  expect(goodputRatio(none ?? [], few ?? []).estimate).toBeNull();
  expect(goodputRatio([], few ?? []).estimate).toBeNull();
});

test("lateness is told for loads that have intended starts", () => {
  const fixed = Array.from({ length: 40 }, (_, request) =>
    served({ request, load: "fixed-rate", lateUs: request * 100 }),
  );
  const rows = generatorLateness(servedDataset([...second(1), ...fixed]));
  expect(rows).toMatchObject([{ load: "fixed-rate", requests: 40, latestMs: 3.9 }]);
});

test("values of a campaign that measured little are null, not zero", () => {
  const dataset = servedDataset(second(1));
  const values = httpServiceValues(dataset, {
    rates: serviceRates(dataset),
    recovery: serviceRecovery(dataset),
    lateness: generatorLateness(dataset),
  });
  expect(values).toMatchObject({
    requests: 4,
    failureAsIsAt8Share: 0.5,
    failureAsIsAt50Share: null,
    abortGain: null,
    recoveryAsIsRetriesMs: null,
    latenessP99Ms: null,
    falseTimeouts: 0,
  });
});
