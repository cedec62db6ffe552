import { from } from "arquero";
import { expect, test } from "vitest";
import type { Figure } from "../../src/drawing/figure.ts";
import { figureFile } from "../../src/publish/figure-file.ts";
import { fixedWorkloadFailures } from "../../src/studies/fixed-workload/figures.ts";
import { loadRampAdded, loadRampFailures } from "../../src/studies/load-ramp/figures.ts";
import { workerCountCliffs, workerCountKnees } from "../../src/studies/worker-count/figures.ts";
import { testFigures } from "../drawing/snapshot.ts";

const executors = ["run-queue", "piscina", "pinned"];

/** Small made-up summaries with the shapes of real ones; nothing here was measured. */
const failures = from(
  executors.flatMap((executor, e) =>
    ["sustained", "original"].flatMap((blocking, b) =>
      [0, 3, 4, 6].map((blockers) => {
        const share = e === 2 ? Math.min(1, blockers / 4) : blockers < 4 ? 0 : 1;
        return {
          executor,
          workers: 4,
          tasks: 100,
          blockers,
          blocking,
          ...interval("failure", "Share", share * (b === 0 ? 1 : 0.4)),
        };
      }),
    ),
  ),
);

const rates = from(
  executors.flatMap((executor, e) =>
    [50, 500, 5000, 20_000].map((tasks, i) => ({
      executor,
      workers: 4,
      tasks,
      ...interval("control", "Share", Math.max(0, (i - 1) / 2)),
      ...interval("blocked", "Share", e === 2 ? 0.75 : Math.min(1, i / 3)),
      ...interval("added", "Share", e === 2 ? 0.75 - Math.max(0, (i - 1) / 2) : 0.1 * (2 - i)),
    })),
  ),
);

const cliffs = from(
  [1, 4, 16].map((workers) => ({
    executor: "run-queue",
    workers,
    ...interval("belowP99", "Ms", 0.8),
    ...interval("inStepP99", "Ms", 40),
    ...interval("outOfStepP99", "Ms", workers === 1 ? null : 60 / workers),
    evenlyOutOfStepMs: 50 / workers,
  })),
);

const knees = from(
  [1, 4, 16].map((workers, i) => ({
    workers,
    ...interval("busyPerWorker", "", 1.7),
    busyLawClients: (5 / 3) * workers,
    ...interval("onsetPerWorker", "", 3 + i),
    ...interval("halfPerWorker", "", i === 1 ? null : 7),
    halfLawClients: 7.8 * workers,
  })),
);

const published = from(
  [
    { async_tasks: 50, blockers: 3, value: 0 },
    { async_tasks: 500, blockers: 4, value: 34 },
    { async_tasks: 20_000, blockers: 3, value: 96.3 },
  ].map((row) => ({ ...row, metric: "failure_rate" })),
);

const figures: Readonly<Record<string, () => Figure>> = {
  "fixed-workload-failures": () => fixedWorkloadFailures(failures, published, 4),
  "load-ramp-added": () => loadRampAdded(rates),
  "load-ramp-failures": () => loadRampFailures(rates, published),
  "worker-count-cliffs": () => workerCountCliffs(cliffs, 1.1),
  "worker-count-knees": () => workerCountKnees(knees),
};

testFigures(figures);

test("a profile that measured little gives figures all the same", () => {
  const none = from([] as object[]);
  const one = from([{ executor: "run-queue", workers: 2, tasks: 50, blockers: 0, addedShare: null }]);
  expect(() => {
    figureFile(fixedWorkloadFailures(none, published, 2));
    figureFile(loadRampFailures(one, published));
    figureFile(loadRampAdded(one));
    figureFile(workerCountCliffs(none, null));
    figureFile(workerCountKnees(none));
  }).not.toThrow();
});

function interval(name: string, unit: string, estimate: number | null) {
  const around = (factor: number) => (estimate === null ? null : estimate * factor);
  return {
    [`${name}${unit}`]: estimate,
    [`${name}Low${unit}`]: around(0.9),
    [`${name}High${unit}`]: around(1.15),
  };
}
