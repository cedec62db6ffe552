import { expect, test } from "vitest";
import { cells } from "../../src/summary/cells.ts";
import { anyExperiment, datasetOf } from "./dataset-of.ts";

const rows = [
  { run: 2, executor: "pinned", blockers: 0, delayNs: 5, hit: true },
  { run: 1, executor: "run-queue", blockers: 1, delayNs: 1, hit: false },
  { run: 3, executor: "run-queue", blockers: 0, delayNs: null, hit: true },
  { run: 4, executor: "run-queue", blockers: 0, delayNs: 7, hit: true },
  { run: 1, executor: "run-queue", blockers: 1, delayNs: 2, hit: true },
  { run: 0, executor: "run-queue", blockers: 1, delayNs: 3, hit: true },
];

test("cells keep runs apart and come in the order in which the levels are declared", () => {
  const found = cells(datasetOf(anyExperiment, rows), { value: "delayNs", by: ["executor", "blockers"] });
  expect(found).toEqual([
    { levels: { executor: "run-queue", blockers: 0 }, runs: [4], byRun: [Float64Array.of(7)] },
    {
      levels: { executor: "run-queue", blockers: 1 },
      runs: [0, 1],
      byRun: [Float64Array.of(3), Float64Array.of(1, 2)],
    },
    { levels: { executor: "pinned", blockers: 0 }, runs: [2], byRun: [Float64Array.of(5)] },
  ]);
});

test("conditions take one level or any of several, and truth values count", () => {
  const hits = cells(datasetOf(anyExperiment, rows), {
    value: "hit",
    by: ["executor"],
    where: { blockers: [1], executor: "run-queue" },
  });
  expect(hits.map(({ byRun }) => byRun)).toEqual([[Float64Array.of(1), Float64Array.of(0, 1)]]);
  expect(cells(datasetOf(anyExperiment, rows), { value: "hit", by: [], where: { blockers: 9 } })).toEqual([]);
});
