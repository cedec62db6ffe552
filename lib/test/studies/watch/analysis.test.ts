import { expect, test } from "vitest";
import {
  healthyLoad,
  instrumentVerdicts,
  precisionOf,
  recallOf,
  stallVerdicts,
  toldWhileTheyLast,
  watchCosts,
} from "../../../src/studies/watch/analysis.ts";
import { watchClaims } from "../../../src/studies/watch/claims.ts";
import { experiment } from "../../../src/studies/watch/experiment.ts";
import { watchValues } from "../../../src/studies/watch/values.ts";
import type { SampleOf } from "../../../src/tables/experiment-declaration.ts";
import { datasetOf } from "../../summary/dataset-of.ts";

type Sample = SampleOf<ReturnType<typeof experiment>>;

const nothing = Object.fromEntries(Object.keys(experiment().response).map((name) => [name, null]));

/** A stall of 100 ms on Piscina that was told of rightly, to half a millisecond, after 25 ms. */
const stall = {
  ...nothing,
  ...{ pool: "piscina", workers: 2, source: "parked", seconds: 0, kind: "stall", number: 0 },
  ...{ expected: "report", blamed: "report", incidents: 1, heldNs: 100e6, toldHeldNs: 100.5e6 },
  ...{ waitedNs: 90e6, toldWaitedNs: 89.5e6, firstLineNs: 25e6, computing: 0.1 },
  ...{ loopDelayNs: 11e6, utilization: 0.1, poolWaitNs: 90e6 },
} satisfies Partial<Sample>;

function stalls(run: number, count: number, more: Partial<Sample> = {}): Partial<Sample>[] {
  return Array.from({ length: count }, () => ({ ...stall, run, ...more }));
}

test("recall counts the stalls that were laid on who made them, precision the incidents that were", () => {
  const data = datasetOf(experiment(), [
    ...stalls(1, 6),
    ...stalls(1, 2, { blamed: null, incidents: 0, toldHeldNs: null, toldWaitedNs: null, firstLineNs: null }),
    ...stalls(2, 7),
    ...stalls(2, 1, { blamed: "step" }),
    ...stalls(3, 3, { source: "one-free", expected: null, blamed: null, incidents: 0 }),
    ...stalls(3, 1, { source: "one-free", expected: null }),
  ]);
  expect(recallOf(data).estimate).toBeCloseTo(13 / 16);
  expect(precisionOf(data).estimate).toBeCloseTo(13 / 15);
  expect(toldWhileTheyLast(data).estimate).toBeCloseTo(14 / 16);
  const [parked, oneFree] = stallVerdicts(data);
  expect(parked).toMatchObject({ source: "parked", runs: 2, stalls: 16, holdErrorMs: null });
  expect(parked?.recallShare).toBeCloseTo(13 / 16);
  expect(oneFree).toMatchObject({ source: "one-free", recallShare: null, precisionShare: 0 });
});

test("errors are those of the told hold and wait, in either direction", () => {
  const data = datasetOf(experiment(), [...stalls(1, 600), ...stalls(2, 600)]);
  expect(stallVerdicts(data)[0]).toMatchObject({ holdErrorMs: 0.5, waitErrorMs: 0.5, firstLineMs: 25 });
});

test("an instrument sees a stall if it reads at least half of it", () => {
  const data = datasetOf(experiment(), [
    ...stalls(1, 3),
    ...stalls(1, 1, { loopDelayNs: 50e6, poolWaitNs: 10e6, utilization: 0.9, blamed: "step" }),
  ]);
  expect(instrumentVerdicts(data)).toMatchObject([
    {
      source: "parked",
      watchShare: 0.75,
      loopDelayShare: 0.25,
      poolWaitsShare: 0.75,
      utilizationShare: 0.25,
    },
  ]);
});

function stretch(run: number, watching: "on" | "off", tasks: number, latencyP99Ns: number): Partial<Sample> {
  const load = { kind: "load", source: "service", watching, tasks, lastedNs: 1e9, latencyP99Ns };
  return { ...nothing, pool: "piscina", workers: 2, seconds: 1, number: 0, run, ...load } as Partial<Sample>;
}

test("costs are paired within runs, whatever the runs' speeds", () => {
  const data = datasetOf(experiment(), [
    ...[stretch(1, "on", 90, 11), stretch(1, "off", 100, 10)],
    ...[stretch(2, "on", 9, 110), stretch(2, "off", 10, 100)],
  ]);
  const [cost] = watchCosts(data);
  expect(cost).toMatchObject({ pool: "piscina", runs: 2, stampNs: null });
  expect(cost?.throughputFactor).toBeCloseTo(0.9);
  expect(cost?.latencyFactor).toBeCloseTo(1.1);
});

test("healthy load counts what was told of nothing", () => {
  const healthy = (run: number, incidents: number) =>
    ({
      ...nothing,
      ...{ pool: "piscina", workers: 2, source: "none", seconds: 45, kind: "healthy" },
      run,
      number: 0,
      incidents,
      tasks: 1000,
      lastedNs: 30e9,
    }) as Partial<Sample>;
  const data = datasetOf(experiment(), [healthy(1, 0), healthy(2, 2)]);
  expect(healthyLoad(data)).toMatchObject({
    stretches: 2,
    minutes: 1,
    tasks: 2000,
    incidents: 2,
    falseShare: 0.5,
  });
});

test("claims and values of data that lack a part are undecided and null, not errors", () => {
  const data = datasetOf(experiment(), stalls(1, 1));
  const summaries = { verdicts: stallVerdicts(data), costs: watchCosts(data) };
  expect(watchValues(data, summaries)).toMatchObject({
    stalls: 1,
    throughputFactor: null,
    falseIncidents: null,
  });
  expect(watchClaims.map(({ judge }) => judge(data).verdict)).toEqual(
    watchClaims.map(() => "not testable here"),
  );
});
