import { expect, test } from "vitest";
import { figureFile } from "../../../src/publish/figure-file.ts";
import type { InstrumentVerdict } from "../../../src/studies/introspection/analysis/instrument-verdicts.ts";
import type { TaskTimes } from "../../../src/studies/introspection/analysis/task-times.ts";
import { introspectionRatio, introspectionSight } from "../../../src/studies/introspection/figures.ts";
import { intervalColumns } from "../../../src/summary/interval-columns.ts";
import { testFigures } from "../../drawing/snapshot.ts";
import * as frozen from "../frozen-tables.ts";

const none = { estimate: null, low: null, high: null };

const cell = (
  system: InstrumentVerdict["system"],
  source: InstrumentVerdict["source"],
  instrument: InstrumentVerdict["instrument"],
  seesSaturation: InstrumentVerdict["seesSaturation"],
): InstrumentVerdict => ({
  system,
  source,
  instrument,
  scale: "delay",
  ...intervalColumns("none", "", none),
  ...intervalColumns("below", "", none),
  ...intervalColumns("full", "", none),
  ...intervalColumns("heldFactor", "", none),
  ...intervalColumns("factor", "", none),
  factor: seesSaturation === "sees" ? 24.6 : seesSaturation === "silent" ? null : 1.02,
  seesHold: null,
  seesSaturation,
  accuses: instrument.startsWith("event-loop utilisation") && system !== "pinned",
});

const verdicts = (["run-queue", "piscina", "piscina, async", "pinned"] as const).flatMap((system) => [
  cell(system, "Node", "event-loop delay, workers", system === "run-queue" ? "silent" : "partly"),
  cell(system, "Node", "event-loop utilisation, workers", system === "pinned" ? "sees" : "blind"),
  cell(system, "Piscina", "waitTime p99", system === "pinned" ? null : "sees"),
]);

const task = (executor: TaskTimes["executor"], blockers: number, schedToBusy: number): TaskTimes => ({
  executor,
  blockers,
  tasks: "probes",
  runs: 8,
  ...intervalColumns("polls", "", none),
  ...intervalColumns("busy", "Ms", none),
  ...intervalColumns("sched", "Ms", none),
  ...intervalColumns("late", "Ms", none),
  ...intervalColumns("idle", "Ms", none),
  schedToBusy,
  schedToBusyLow: schedToBusy * 0.9,
  schedToBusyHigh: schedToBusy * 1.2,
});

const tasks = [
  task("run-queue", 0, 60),
  task("run-queue", 3, 64),
  task("run-queue", 4, 6100),
  task("pinned", 0, 90),
  task("pinned", 3, 22_000),
  task("pinned", 4, 30_000),
];

const ratio = (blockers: number, value: number) =>
  ({ ...frozen.published, blockers, value, metric: "sched_busy_ratio" }) as const;
const published = [ratio(3, 333), ratio(3, 367), ratio(4, 618), ratio(4, 655), ratio(4, 660)];

const figures = {
  "introspection-sight": () => introspectionSight(verdicts),
  "introspection-ratio": () => introspectionRatio(tasks, published, 4),
};

testFigures(figures);

test("a profile that measured nothing of it gives figures all the same", () => {
  expect(() => {
    figureFile(introspectionSight([]));
    figureFile(introspectionRatio([], published, 2));
  }).not.toThrow();
});
