import { expect, test } from "vitest";
import type { Figure } from "../../src/drawing/figure.ts";
import { executorNames } from "../../src/executor/executors.ts";
import { figureFile } from "../../src/publish/figure-file.ts";
import type { FixedWorkloadFailures } from "../../src/studies/fixed-workload/analysis.ts";
import { fixedWorkloadFailures } from "../../src/studies/fixed-workload/figures.ts";
import type { RampFailures } from "../../src/studies/load-ramp/analysis.ts";
import { loadRampAdded, loadRampFailures } from "../../src/studies/load-ramp/figures.ts";
import type { PoolSizeCliff, PoolSizeKnee } from "../../src/studies/worker-count/analysis.ts";
import { workerCountCliffs, workerCountKnees } from "../../src/studies/worker-count/figures.ts";
import { testFigures } from "../drawing/snapshot.ts";
import { interval, unmeasured } from "../summary/interval.ts";
import * as frozen from "./frozen-tables.ts";

/** Small made-up summaries with the shapes of real ones; nothing here was measured. */
const failures: readonly FixedWorkloadFailures[] = executorNames.flatMap((executor, e) =>
  (["sustained", "original"] as const).flatMap((blocking, b) =>
    [0, 3, 4, 6].map((blockers) => {
      const share = e === 2 ? Math.min(1, blockers / 4) : blockers < 4 ? 0 : 1;
      return {
        executor,
        workers: 4,
        tasks: 100,
        blockers,
        blocking,
        runs: 5,
        requests: 5000,
        failures: 0,
        ...interval("failure", "Share", share * (b === 0 ? 1 : 0.4)),
        falseTimeouts: 0,
      };
    }),
  ),
);

const rates: readonly RampFailures[] = executorNames.flatMap((executor, e) =>
  [50, 500, 5000, 20_000].map((tasks, i) => ({
    executor,
    workers: 4,
    tasks,
    runs: 10,
    ...interval("control", "Share", Math.max(0, (i - 1) / 2)),
    ...interval("blocked", "Share", e === 2 ? 0.75 : Math.min(1, i / 3)),
    ...interval("added", "Share", e === 2 ? 0.75 - Math.max(0, (i - 1) / 2) : 0.1 * (2 - i)),
  })),
);

const cliffs: readonly PoolSizeCliff[] = [1, 4, 16].map((workers) => ({
  executor: "run-queue",
  workers,
  runs: 24,
  ...unmeasured("cliffBlockers", ""),
  ...unmeasured("cliffPerWorker", ""),
  ...interval("belowP99", "Ms", 0.8),
  ...interval("inStepP99", "Ms", 40),
  ...unmeasured("outOfStepP50", "Ms"),
  ...interval("outOfStepP99", "Ms", workers === 1 ? null : 60 / workers),
  evenlyOutOfStepMs: 50 / workers,
}));

const knees: readonly PoolSizeKnee[] = [1, 4, 16].map((workers, i) => ({
  workers,
  runs: 28,
  ...unmeasured("busyClients", ""),
  ...interval("busyPerWorker", "", 1.7),
  busyLawClients: (5 / 3) * workers,
  ...unmeasured("onsetClients", ""),
  ...interval("onsetPerWorker", "", 3 + i),
  ...unmeasured("halfClients", ""),
  ...interval("halfPerWorker", "", i === 1 ? null : 7),
  halfLawClients: 7.8 * workers,
}));

const published = [
  { async_tasks: 50, blockers: 3, value: 0 },
  { async_tasks: 500, blockers: 4, value: 34 },
  { async_tasks: 20_000, blockers: 3, value: 96.3 },
].map((row) => ({ ...frozen.published, ...row }));

const figures: Readonly<Record<string, () => Figure>> = {
  "fixed-workload-failures": () => fixedWorkloadFailures(failures, published, 4),
  "load-ramp-added": () => loadRampAdded(rates),
  "load-ramp-failures": () => loadRampFailures(rates, published),
  "worker-count-cliffs": () => workerCountCliffs(cliffs, 1.1),
  "worker-count-knees": () => workerCountKnees(knees),
};

testFigures(figures);

test("a profile that measured little gives figures all the same", () => {
  const one = rates.slice(0, 1).map((row) => ({ ...row, workers: 2, tasks: 50, addedShare: null }));
  expect(() => {
    figureFile(fixedWorkloadFailures([], published, 2));
    figureFile(loadRampFailures(one, published));
    figureFile(loadRampAdded(one));
    figureFile(workerCountCliffs([], null));
    figureFile(workerCountKnees([]));
  }).not.toThrow();
});
