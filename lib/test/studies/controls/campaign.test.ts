import { expect, test } from "vitest";
import { warmUp } from "../../../src/studies/controls/analysis/idle-probes.ts";
import { orderEffectsOf } from "../../../src/studies/controls/analysis/order-effects.ts";
import { experiment } from "../../../src/studies/controls/experiment.ts";
import { controlsValues } from "../../../src/studies/controls/values.ts";
import { columnOf } from "../../../src/tables/column-of.ts";
import type { SampleOf } from "../../../src/tables/experiment-declaration.ts";
import type { PrimaryResponse } from "../../../src/tables/primary-response.ts";
import { anyExperiment, datasetOf, type SampleRow } from "../../summary/dataset-of.ts";

const primary: PrimaryResponse = {
  rule: "p99",
  durationsNs: (samples) => Float64Array.from(columnOf(samples, "valueNs"), Number),
};
const parameters = { blocks: 8, factors: { tasks: [1, 2, 3] }, parts: [], restriction: {} };

/** Three scenarios with eight runs each, in turn, and what each run measured. */
function campaign(delayNs: (order: number, tasks: number) => number) {
  const rows: SampleRow[] = Array.from({ length: 24 }, (_, order) => {
    const tasks = 1 + (order % 3);
    return { run: order, order, part: "base", tasks, valid: true, wallMs: 1, valueNs: delayNs(order, tasks) };
  });
  return datasetOf({ ...anyExperiment, primary }, rows, { parameters });
}

test("a drift is the later half of a scenario's runs against the earlier half", () => {
  const drifting = campaign((order, tasks) => 1000 * tasks * (order < 12 ? 1 : 1.5));
  const effects = orderEffectsOf(drifting);
  expect(effects).toMatchObject({ scenarios: 3, runs: 24 });
  expect(effects.driftShare).toBeCloseTo(0.5, 9);
  const still = orderEffectsOf(campaign((order, tasks) => 1000 * tasks + (order % 2)));
  expect(still.driftShare).toBeCloseTo(0, 3);
});

test("succession is the correlation of a run with the one made just before it", () => {
  const waves = orderEffectsOf(campaign((order) => 1000 * Math.exp(Math.sin(order / 3))));
  expect(waves.succession).toBeGreaterThan(0.5);
  const alternating = orderEffectsOf(campaign((order) => 1000 + 100 * (order % 2)));
  expect(alternating.succession).toBeLessThan(-0.9);
});

test("scenarios whose runs all agree say nothing of succession", () => {
  const same: PrimaryResponse = { rule: "failureRate", count: () => ({ failed: 114, trials: 120 }) };
  const rows = campaign(() => 1)
    .samples.objects()
    .slice(0, 18) as SampleRow[];
  const effects = orderEffectsOf(datasetOf({ ...anyExperiment, primary: same }, rows, { parameters }));
  expect(effects).toMatchObject({ runs: 18, succession: null, successionLow: null });
});

const usual: Partial<SampleOf<ReturnType<typeof experiment>>> = {
  ...{ system: "run-queue", program: "probe", tasks: 50, workers: 4, recording: "on" },
  ...{ cores: "as found", heap: "64 MB", priority: "equal", compiler: "no top tier", age: "fresh" },
};

test("warm-up is the first two sleeps against the last five", () => {
  const rows = [0, 1, 2].flatMap((run) =>
    Array.from({ length: 2000 }, (_, i) => ({
      ...{ ...usual, run, kind: "overhead", round: i % 10 },
      valueNs: (i % 10 < 2 ? 3 : 1) * (1e6 + run),
    })),
  );
  const [row] = warmUp(datasetOf(experiment(), rows));
  expect(row).toMatchObject({ system: "run-queue", tasks: 50, runs: 3 });
  expect(row?.ratio).toBeCloseTo(3, 3);
});

test("values that were not measured are missing, not zero", () => {
  const values = controlsValues(
    datasetOf(experiment(), [{ ...usual, run: 0, kind: "overhead", valueNs: 1 }]),
    {
      ...{ labels: [], aged: [], costs: [], clocks: [], steps: [], early: [], warm: [] },
      ...{ orders: [], precision: [], kept: [], collected: [], late: [], elsewhere: [] },
    },
  );
  expect(values).toMatchObject({
    clockUs: null,
    waitRunQueue500Share: null,
    collectionsSmallHeap500: null,
    collectionYieldersPiscinaMs: null,
    collectedOnWorkers: "not measured",
    collectedOnMain: "not measured",
    collectedOnMainOfRamp: "not measured",
  });
});

test("of collections is told on which threads, in how many of the runs that tell, and for how long", () => {
  const told = (experiment: string, mainCollecting: number, mainLongestMs: number) => ({
    ...{ experiment, runs: 900, mainTold: 700, mainCollecting, mainLongestMs },
    ...{ workersTold: 0, workersCollecting: null, workersLongestMs: null },
  });
  const values = controlsValues(
    datasetOf(experiment(), [{ ...usual, run: 0, kind: "overhead", valueNs: 1 }]),
    {
      ...{ labels: [], aged: [], costs: [], clocks: [], steps: [], early: [], warm: [] },
      ...{ orders: [], precision: [], kept: [], late: [], elsewhere: [] },
      collected: [told("load-ramp", 93, 244), told("blame", 7, 12)],
    },
  );
  expect(values).toMatchObject({
    collectedOnMain: "100 of 1,400 runs, for 244.0 ms at most",
    collectedOnMainOfRamp: "93 of 700 runs, for 244.0 ms at most",
    collectedOnWorkers: "not measured",
  });
});
