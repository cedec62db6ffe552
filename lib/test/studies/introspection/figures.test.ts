import { from } from "arquero";
import { expect, test } from "vitest";
import { figureFile } from "../../../src/publish/figure-file.ts";
import { introspectionRatio, introspectionSight } from "../../../src/studies/introspection/figures.ts";
import { testFigures } from "../../drawing/snapshot.ts";

const cell = (system: string, source: string, instrument: string, seesSaturation: string | null) => ({
  system,
  source,
  instrument,
  factor: seesSaturation === "sees" ? 24.6 : seesSaturation === "silent" ? null : 1.02,
  seesSaturation,
  accuses: instrument.startsWith("event-loop utilisation") && system !== "pinned",
});

const verdicts = from(
  ["run-queue", "piscina", "piscina, async", "pinned"].flatMap((system) => [
    cell(system, "Node", "event-loop delay, workers", system === "run-queue" ? "silent" : "partly"),
    cell(system, "Node", "event-loop utilisation, workers", system === "pinned" ? "sees" : "blind"),
    cell(system, "Piscina", "waitTime p99", system === "pinned" ? null : "sees"),
  ]),
);

const task = (executor: string, blockers: number, schedToBusy: number) => ({
  executor,
  blockers,
  tasks: "probes",
  schedToBusy,
  schedToBusyLow: schedToBusy * 0.9,
  schedToBusyHigh: schedToBusy * 1.2,
});

const tasks = from([
  task("run-queue", 0, 60),
  task("run-queue", 3, 64),
  task("run-queue", 4, 6100),
  task("pinned", 0, 90),
  task("pinned", 3, 22_000),
  task("pinned", 4, 30_000),
]);

const ratio = (blockers: number, value: number) => ({ blockers, value, metric: "sched_busy_ratio" });
const published = from([ratio(3, 333), ratio(3, 367), ratio(4, 618), ratio(4, 655), ratio(4, 660)]);

const figures = {
  "introspection-sight": () => introspectionSight(verdicts),
  "introspection-ratio": () => introspectionRatio(tasks, published, 4),
};

testFigures(figures);

test("a profile that measured nothing of it gives figures all the same", () => {
  const none = from([] as object[]);
  expect(() => {
    figureFile(introspectionSight(none));
    figureFile(introspectionRatio(none, published, 2));
  }).not.toThrow();
});
