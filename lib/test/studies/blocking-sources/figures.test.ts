import { expect, test } from "vitest";
import { figureFile } from "../../../src/publish/figure-file.ts";
import type { SourceHold, SourceProbe } from "../../../src/studies/blocking-sources/analysis.ts";
import { blockingSourcesCpu, blockingSourcesFelt } from "../../../src/studies/blocking-sources/figures.ts";
import { intervalColumns } from "../../../src/summary/interval-columns.ts";
import { testFigures } from "../../drawing/snapshot.ts";

const none = { estimate: null, low: null, high: null };

const hold = (
  source: SourceHold["source"],
  expected: string,
  holdMs: number,
  cpuShare: number,
): SourceHold => ({
  source,
  ...{ family: "test", runs: 7, calls: 56 },
  expected,
  ...intervalColumns("hold", "Ms", none),
  ...intervalColumns("p50", "Ms", none),
  found: cpuShare > 0.5 ? "computing" : "parked",
  holdMs,
  shortestMs: holdMs * 0.8,
  longestMs: holdMs * 2,
  cpuShare,
  cpuLowShare: cpuShare * 0.9,
  cpuHighShare: Math.min(1, cpuShare * 1.1),
});

const holds = [
  hold("atomics-wait", "parked", 50, 0.01),
  hold("exec-sync", "parked", 60, 0.06),
  hold("scrypt-sync", "computing", 40, 0.97),
  hold("json-parse-64mb", "computing", 600, 0.9),
];

const felt = (source: SourceProbe["source"], below: number, full: number | null): SourceProbe => ({
  source,
  ...{ family: "test", expected: "parked" },
  ...intervalColumns("noneP50", "Ms", none),
  ...intervalColumns("noneP75", "Ms", none),
  ...intervalColumns("belowP50", "Ms", none),
  ...intervalColumns("fullP50", "Ms", none),
  ...intervalColumns("belowFactor", "", none),
  ...intervalColumns("factor", "", none),
  ...intervalColumns("felt", "Share", none),
  belowP75Ms: below,
  belowP75LowMs: below * 0.8,
  belowP75HighMs: below * 1.3,
  fullP75Ms: full,
  fullP75LowMs: full === null ? null : full * 0.9,
  fullP75HighMs: full === null ? null : full * 1.1,
});

const probes = [
  felt("atomics-wait", 0.9, 42),
  felt("exec-sync", 1.1, 51),
  felt("scrypt-sync", 1.3, 33),
  felt("json-parse-64mb", 2.4, null),
];

const figures = {
  "blocking-sources-felt": () => blockingSourcesFelt(holds, probes, 0.5),
  "blocking-sources-cpu": () => blockingSourcesCpu(holds),
};

testFigures(figures);

test("a profile that measured nothing of it gives figures all the same", () => {
  expect(() => {
    figureFile(blockingSourcesFelt([], [], null));
    figureFile(blockingSourcesCpu([]));
  }).not.toThrow();
});
