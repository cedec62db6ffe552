import { expect, test } from "vitest";
import {
  failureRates,
  failureVictims,
  requestLatencies,
} from "../../../src/studies/request-timeouts/analysis.ts";
import { experiment } from "../../../src/studies/request-timeouts/experiment.ts";
import { requestValues } from "../../../src/studies/request-timeouts/values.ts";
import { datasetOf } from "../../summary/dataset-of.ts";

/** Fifty requests of one run, the first `failed` of them failed; every other one blocked. */
function requests(run: number, clients: number, failed: number) {
  return Array.from({ length: 50 }, (_, request) => ({
    run,
    executor: "run-queue" as const,
    workers: 4,
    load: "closed-loop" as const,
    clients,
    request,
    blocking: request % 2 === 0,
    latencyNs: (request + 1) * 1e6,
    outcome: request >= failed ? "completed" : request === 0 ? "rejected" : "timed-out",
    metBlockedWorker: request < 20,
    falseTimeout: request === 1 && failed > 1,
  }));
}

const dataset = datasetOf(experiment(), [
  ...requests(1, 5, 0),
  ...requests(2, 5, 0),
  ...requests(3, 20, 4),
  ...requests(4, 20, 6),
]);

test("10 failures in 100 requests are 10 %, Wilson 5.5 to 17.4 %, wider over runs", () => {
  const [calm, busy] = failureRates(dataset);
  expect(calm).toMatchObject({
    clients: 5,
    runs: 2,
    requests: 100,
    failures: 0,
    failureShare: 0,
    metShare: 0.4,
  });
  expect(busy).toMatchObject({ clients: 20, failures: 10, failureShare: 0.1, falseTimeouts: 2 });
  expect(busy?.wilsonLowShare).toBeCloseTo(0.05523, 4);
  expect(busy?.wilsonHighShare).toBeCloseTo(0.17437, 4);
  expect(busy?.failureHighShare).toBeGreaterThan(busy?.wilsonHighShare ?? 1);
});

test("culprits and bystanders are counted apart", () => {
  const rows = failureVictims(dataset);
  const at20 = rows.filter(({ clients }) => clients === 20);
  expect(at20.map(({ who, failureShare }) => [who, failureShare])).toEqual([
    ["bystanders", 0.1],
    ["culprits", 0.1],
  ]);
});

test("latencies need ten requests beyond a percentile", () => {
  expect(requestLatencies(dataset)[0]).toMatchObject({ p50Ms: 25, p99Ms: null });
});

test("values say where trouble begins, and null for what was not measured", () => {
  const values = requestValues(dataset, {
    failures: failureRates(dataset),
    latencies: requestLatencies(dataset),
    victims: failureVictims(dataset),
  });
  expect(values).toMatchObject({
    troubleRunQueueClients: 20,
    troublePinnedClients: null,
    failureRunQueueAt20Share: 0.1,
    failureRunQueueAt30Share: null,
    requests: 200,
    failures: 10,
    falseTimeouts: 2,
    invalidRuns: 0,
  });
});
