import { expect, test } from "vitest";
import { memoryOfMillion, restingShareOf, watchCosts } from "../../../src/studies/watch/analysis/costs.ts";
import {
  firstLineOf,
  healthyLoad,
  holdErrorOf,
  hostStalls,
  instrumentVerdicts,
  precisionOf,
  recallOf,
  stallVerdicts,
  toldWhileTheyLast,
  waitErrorOf,
} from "../../../src/studies/watch/analysis/stalls.ts";
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
  expect(holdErrorOf(data).estimate).toBe(0.5e6);
  expect(waitErrorOf(data).estimate).toBe(0.5e6);
  expect(firstLineOf(data).estimate).toBe(25e6);
});

test("what was told is not held against the watch where blocked-at slowed the thread", () => {
  const slowed = { blockedAtNs: 0, toldHeldNs: 150e6, toldWaitedNs: 10e6 };
  const data = datasetOf(experiment(), [...stalls(1, 600), ...stalls(1, 600, slowed), ...stalls(2, 600)]);
  expect(stallVerdicts(data)[0]).toMatchObject({ stalls: 1800, holdErrorMs: 0.5, waitErrorMs: 0.5 });
});

test("an instrument sees a stall if it reads at least half of it", () => {
  const data = datasetOf(experiment(), [
    ...stalls(1, 3),
    ...stalls(1, 1, { loopDelayNs: 60e6, poolWaitNs: 10e6, utilization: 0.9, blamed: "step" }),
    ...stalls(2, 3, { blockedAtNs: 0, loopDelayNs: 59e6 }),
    ...stalls(2, 1, { blockedAtNs: 50e6 }),
  ]);
  expect(instrumentVerdicts(data)).toMatchObject([
    {
      source: "parked",
      watchShare: 7 / 8,
      loopDelayShare: 1 / 8,
      poolWaitsShare: 7 / 8,
      utilizationShare: 1 / 8,
      blockedAtShare: 1 / 4,
    },
  ]);
});

function stretch(run: number, watching: "on" | "off", more: Partial<Sample>): Partial<Sample> {
  const load = { kind: "load", source: "service", watching, tasks: 100, lastedNs: 1e9, latencyP99Ns: 10 };
  return {
    ...nothing,
    pool: "piscina",
    workers: 2,
    seconds: 12,
    number: 0,
    run,
    ...load,
    ...more,
  } as Partial<Sample>;
}

test("costs are paired within runs, whatever the runs' speeds", () => {
  const data = datasetOf(experiment(), [
    ...[stretch(1, "on", { tasks: 90, latencyP99Ns: 11 }), stretch(1, "off", {})],
    ...[
      stretch(2, "on", { tasks: 9, latencyP99Ns: 110 }),
      stretch(2, "off", { tasks: 10, latencyP99Ns: 100 }),
    ],
  ]);
  const [cost] = watchCosts(data);
  expect(cost).toMatchObject({ pool: "piscina", source: "service", runs: 2, stampNs: null, mainUs: null });
  expect(cost?.throughputFactor).toBeCloseTo(0.9);
  expect(cost?.latencyFactor).toBeCloseTo(1.1);
});

test("a task costs a thread what it takes more than without the watch, and the watch's thread all that it takes", () => {
  const cpu = (main: number, watch: number) => ({
    ...{ mainCpuNs: main * 1e3, workersCpuNs: 2 * main * 1e3, watchCpuNs: watch * 1e3, runtimeCpuNs: 0 },
  });
  const data = datasetOf(experiment(), [
    ...[stretch(1, "on", cpu(500, 50)), stretch(1, "off", cpu(300, 10))],
    ...[stretch(2, "on", cpu(700, 50)), stretch(2, "off", cpu(500, 10))],
  ]);
  const [cost] = watchCosts(data);
  expect(cost?.mainUs).toBeCloseTo(2);
  expect(cost?.workersUs).toBeCloseTo(4);
  expect(cost?.watchUs).toBeCloseTo(0.5);
  expect(restingShareOf(data).estimate).toBeCloseTo(10e3 / 1e9);
});

test("memory after a million tasks is set against memory after the second tenth", () => {
  const reading = (number: number, rssMiB: number, traceMiB: number) =>
    ({
      ...nothing,
      ...{ pool: "piscina", workers: 2, source: "million-tasks", seconds: 0, kind: "memory", run: 1, number },
      ...{ tasks: 100_000, lastedNs: 2e9, rssBytes: rssMiB * 2 ** 20, traceBytes: traceMiB * 2 ** 20 },
    }) as Partial<Sample>;
  const data = datasetOf(experiment(), [reading(0, 90, 0.2), reading(1, 100, 0.9), reading(2, 103, 0.8)]);
  expect(memoryOfMillion(data)).toEqual({
    tasks: 300_000,
    seconds: 6,
    rssMiB: 103,
    grownMiB: 3,
    traceMiB: 0.9,
  });
});

test("healthy load counts what was told of nothing", () => {
  const healthy = (run: number, incidents: number) =>
    ({
      ...nothing,
      ...{ pool: "piscina", workers: 2, source: "none", seconds: 30, kind: "healthy" },
      run,
      number: 0,
      incidents,
      tasks: 1000,
      lastedNs: 30e9,
    }) as Partial<Sample>;
  const data = datasetOf(experiment(), [healthy(1, 1), healthy(2, 1)]);
  expect(healthyLoad(data)).toMatchObject({
    stretches: 2,
    minutes: 1,
    tasks: 2000,
    incidents: 2,
    falsePerHour: 120,
  });
  // The exact interval of a count of two is from 0.2422 to 7.2247.
  expect(healthyLoad(data).falsePerHourHigh).toBeCloseTo(60 * 7.2247, 1);
});

test("stalls of the host are counted beside incidents, and beside silence", () => {
  const stretch = (run: number, incidents: number, stallMs: number | null) =>
    ({
      ...nothing,
      ...{ pool: "piscina", workers: 2, source: "none", seconds: 30, kind: "healthy", number: 0 },
      ...{ run, incidents, tasks: 1000, lastedNs: 30e9 },
      stallLongestNs: stallMs === null ? null : stallMs * 1e6,
    }) as Partial<Sample>;
  const told = [stretch(1, 2, 57), stretch(2, 1, 0), stretch(3, 1, null)];
  const silent = [stretch(4, 0, 31), stretch(5, 0, 11), stretch(6, 0, 0), stretch(7, 0, 0)];
  expect(hostStalls(datasetOf(experiment(), [...told, ...silent]))).toEqual({
    withIncident: { stretches: 3, stalled: 1 },
    without: { stretches: 4, stalled: 2 },
  });
});

test("claims and values of data that lack a part are undecided and null, not errors", () => {
  const data = datasetOf(experiment(), stalls(1, 1));
  const summaries = {
    verdicts: stallVerdicts(data),
    instruments: instrumentVerdicts(data),
    costs: watchCosts(data),
  };
  expect(watchValues(data, summaries)).toMatchObject({
    stalls: 1,
    throughputPiscinaFactor: null,
    falseIncidents: null,
    falseStretches: null,
    silentStretches: null,
    tinyMainUs: null,
    millionGrownMiB: null,
  });
  expect(watchClaims.map(({ judge }) => judge(data).verdict)).toEqual(
    watchClaims.map(() => "not testable here"),
  );
});

test("claims hold on what they predict, and fail on its contrary", () => {
  const services = (on: number, latencyP99Ns: number) =>
    [1, 2, 3, 4].flatMap((run) => [
      stretch(run, "on", { tasks: on + run, latencyP99Ns: latencyP99Ns + run }),
      stretch(run, "off", { tasks: 1000 + run, latencyP99Ns: 1000 }),
      {
        ...stretch(run, "off", {}),
        kind: "stamp",
        stampNs: 2 * latencyP99Ns - 1800 + run,
      } as Partial<Sample>,
    ]);
  const hour = (incidents: number) =>
    ({
      ...nothing,
      ...{ pool: "piscina", workers: 2, source: "none", seconds: 30, kind: "healthy", run: 99, number: 0 },
      ...{ incidents, tasks: 1e6, lastedNs: 4 * 3600e9 },
    }) as Partial<Sample>;
  /** As many runs and stalls as the full design has. */
  const held = (more: Partial<Sample>) =>
    Array.from({ length: 80 }, (_, run) => stalls(run, 15, more)).flat();
  const good = datasetOf(experiment(), [...held({}), ...services(1000, 1000), hour(0)]);
  const bad = datasetOf(experiment(), [
    ...held({ blamed: "step", toldHeldNs: 200e6, toldWaitedNs: 200e6, firstLineNs: 150e6 }),
    ...services(100, 10_000),
    hour(20),
  ]);
  const verdicts = (data: typeof good) =>
    Object.fromEntries(watchClaims.map(({ id, judge }) => [id, judge(data).verdict]));
  const all = (verdict: string) => Object.fromEntries(watchClaims.map(({ id }) => [id, verdict]));
  expect(verdicts(good)).toEqual(all("holds"));
  expect(verdicts(bad)).toEqual(all("fails"));
});
