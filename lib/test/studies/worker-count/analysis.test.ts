import { expect, test } from "vitest";
import type { Claim } from "../../../src/ledger/claim.ts";
import {
  poolSizeCliffs,
  poolSizeFailures,
  poolSizeKnees,
  type WorkerCountData,
} from "../../../src/studies/worker-count/analysis.ts";
import { workerCountClaims } from "../../../src/studies/worker-count/claims.ts";
import { experiment } from "../../../src/studies/worker-count/experiment.ts";
import { workerCountValues } from "../../../src/studies/worker-count/values.ts";
import { datasetOf } from "../../summary/dataset-of.ts";

const none = { overheadNs: null, latencyNs: null, blocking: null, outcome: null };

/** 600 wake-ups of one run: 1 … 600 µs late, 40 times as much where all workers are blocked. */
function wakeUps(run: number, workers: number, sweep: "in-step" | "out-of-step", load: number) {
  const late = load >= workers ? 40 : 1;
  return Array.from({ length: 600 }, (_, i) => ({
    ...none,
    run,
    executor: "run-queue" as const,
    workers,
    sweep,
    load,
    overheadNs: (i + 1) * 1000 * late,
  }));
}

/** 50 requests of one run, every other one blocking: 60 and 10 ms on an idle pool, longer by the same factor. */
function requests(run: number, workers: number, load: number, factor: number, failed: number) {
  return Array.from({ length: 50 }, (_, i) => ({
    ...none,
    run,
    executor: "run-queue" as const,
    workers,
    sweep: "requests" as const,
    load,
    latencyNs: (i % 2 === 0 ? 60e6 : 10e6) * factor,
    blocking: i % 2 === 0,
    outcome: i < failed ? "timed-out" : "completed",
  }));
}

test("the cliff of every pool is found in blockers and in blockers a worker", () => {
  const pools = [2, 4].flatMap((workers) =>
    [0, workers - 1, workers].flatMap((load) =>
      [1, 2, 3].flatMap((i) => wakeUps(100 * workers + 10 * load + i, workers, "in-step", load)),
    ),
  );
  const rows = poolSizeCliffs(datasetOf(experiment(), pools));
  expect(rows).toMatchObject([
    { workers: 2, runs: 9, cliffBlockers: 2, cliffPerWorker: 1, evenlyOutOfStepMs: 25, outOfStepP99Ms: null },
    { workers: 4, runs: 9, cliffBlockers: 4, cliffPerWorker: 1, evenlyOutOfStepMs: 12.5 },
  ]);
  expect(rows[0]?.belowP99Ms).toBeCloseTo(0.594, 6);
  expect(rows[0]?.inStepP99Ms).toBeCloseTo(23.76, 6);
});

test("workers are all busy where latency starts to grow with the clients: half as slow again, 4 W / 1.5", () => {
  const data = datasetOf(
    experiment(),
    [1, 2, 3, 4, 5, 6, 7].flatMap((i) => [
      ...requests(i, 2, 2, 1, 0),
      ...requests(10 + i, 2, 8, 1.5, 5),
      ...requests(20 + i, 2, 16, 2, 40),
    ]),
  );
  const [row] = poolSizeKnees(data);
  expect(row).toMatchObject({ workers: 2, runs: 21 });
  expect(row?.busyClients).toBeCloseTo(16 / 3, 9);
  expect(row?.busyPerWorker).toBeCloseTo(8 / 3, 9);
  // D = 15 ms of every 25 ms, by the published parameters.
  expect(row?.busyLawClients).toBeCloseTo(10 / 3, 9);
  expect(row?.onsetClients).toBeLessThan(8);
  expect(row?.halfClients).toBeGreaterThan(8);
  expect(row?.halfClients).toBeLessThan(16);
  expect(poolSizeFailures(data)).toMatchObject([
    { clients: 2, clientsPerWorker: 1, failureShare: 0 },
    { clients: 8, clientsPerWorker: 4, failureShare: 0.1 },
    { clients: 16, clientsPerWorker: 8, failureShare: 0.8 },
  ]);
});

test("values count the pools whose cliff lies at one blocker a worker, whatever their size", () => {
  const pools = [2, 4, 49].flatMap((workers) =>
    [0, workers - 1, workers].flatMap((load) =>
      [1, 2].flatMap((i) => wakeUps(100 * workers + 10 * load + i, workers, "in-step", load)),
    ),
  );
  const data = datasetOf(experiment(), pools);
  const values = workerCountValues(data, { cliffs: poolSizeCliffs(data), knees: poolSizeKnees(data) });
  expect(values).toMatchObject({
    runs: 18,
    pools: 3,
    poolsAtOne: 3,
    lawPerWorker: null,
    onsetPerWorkerAt16: null,
  });
  expect(values["inStepP99At4Ms"]).toBeCloseTo(23.76, 6);
});

test("the height of the largest pool is judged against that of a single worker, and of no other pool", () => {
  const { judge } = workerCountClaims.find(({ id }) => id === "pool-size-height") as Claim<WorkerCountData>;
  const measured = (sizes: readonly number[]) =>
    judge(
      datasetOf(
        experiment(),
        sizes.flatMap((workers) =>
          (["in-step", "out-of-step"] as const).flatMap((sweep, i) =>
            [0, 1, 2, 3, 4, 5, 6, 7].flatMap((run) =>
              wakeUps(100 * workers + 10 * i + run, workers, sweep, workers).map((row) => ({
                ...row,
                overheadNs: (row.overheadNs * (1 + run / 100)) / (sweep === "out-of-step" ? workers : 1),
              })),
            ),
          ),
        ),
      ),
    );
  expect(measured([1, 8]).verdict).toBe("holds");
  expect(measured([2, 16])).toMatchObject({
    verdict: "not testable here",
    reason: "no pool of 1 worker was measured",
  });
  expect(measured([1]).verdict).toBe("not testable here");
});
