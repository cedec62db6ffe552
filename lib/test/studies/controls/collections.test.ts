import { from } from "arquero";
import { expect, test } from "vitest";
import { mainCollections, runCollections } from "../../../src/studies/controls/analysis/collections.ts";
import { experiment } from "../../../src/studies/controls/experiment.ts";
import { anyExperiment, datasetOf } from "../../summary/dataset-of.ts";

const yielder = { program: "yielder", system: "piscina", heap: "64 MB", tasks: 20, workers: 1 } as const;
const probe = { program: "probe", system: "run-queue", heap: "64 MB", tasks: 50, workers: 4 } as const;

test("controls that collect on the dispatching thread are counted by runs, not by collections", () => {
  const collection = { ...yielder, kind: "collection" } as const;
  const data = datasetOf(experiment(), [
    { ...collection, run: 1, valueNs: 4e6 },
    { ...collection, run: 1, valueNs: 12e6 },
    { ...collection, run: 2, valueNs: 20e6 },
    { ...collection, run: 3, valueNs: 16e6 },
    { ...yielder, run: 4, kind: "yields", valueNs: 99e6 },
    { ...collection, run: 5, valueNs: 90e6, heap: "default" },
    { ...probe, run: 6, kind: "overhead", valueNs: 1e6 },
  ]);
  const runs = [
    ...[1, 2, 3, 4].map((run) => ({ ...yielder, run, valid: true })),
    { ...yielder, heap: "default", run: 5, valid: true },
    { ...probe, run: 6, valid: true },
    { ...probe, run: 7, valid: false },
  ];
  expect(mainCollections({ ...data, runs: from(runs) })).toEqual([
    { program: "probe", system: "run-queue", runs: 1, collecting: 0, longestMs: null },
    { program: "yielder", system: "piscina", runs: 4, collecting: 3, longestMs: 16 },
  ]);
});

test("runs tell of collections by thread; what they do not tell is unknown, not none", () => {
  const run = (gcMainLongestNs: number | null, gcWorkersLongestNs: number | null, valid = true) => ({
    valid,
    gcMainLongestNs,
    gcWorkersLongestNs,
  });
  const data = (rows: ReturnType<typeof run>[]) => ({ ...datasetOf(anyExperiment, []), runs: from(rows) });
  const [known, former] = runCollections([
    data([run(0, null), run(3e6, 0), run(5e6, 0), run(99e6, 99e6, false)]),
    data([run(null, null)]),
  ]);
  expect(known).toEqual({
    ...{ experiment: "test", runs: 3 },
    ...{ mainTold: 3, mainCollecting: 2, mainLongestMs: 5 },
    ...{ workersTold: 2, workersCollecting: 0, workersLongestMs: 0 },
  });
  expect(former).toMatchObject({
    mainTold: 0,
    mainCollecting: null,
    workersCollecting: null,
    workersLongestMs: null,
  });
});
