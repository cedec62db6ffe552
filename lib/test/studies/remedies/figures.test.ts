import { expect, test } from "vitest";
import { figureFile } from "../../../src/publish/figure-file.ts";
import type { RemedyEffect } from "../../../src/studies/remedies/analysis.ts";
import { remediesThroughput, remediesVictims } from "../../../src/studies/remedies/figures.ts";
import { intervalColumns } from "../../../src/summary/interval-columns.ts";
import { testFigures } from "../../drawing/snapshot.ts";

const remedies = ["as-is", "async", "await-in-task", "isolated", "chunked", "admission"] as const;
const none = { estimate: null, low: null, high: null };

const unmeasured: RemedyEffect = {
  callers: "patient",
  job: "sleep",
  remedy: "as-is",
  runs: 8,
  ...intervalColumns("probeP50", "Ms", none),
  ...intervalColumns("probeP95", "Ms", none),
  ...intervalColumns("probeP99", "Ms", none),
  ...intervalColumns("statP50", "Ms", none),
  ...intervalColumns("statP95", "Ms", none),
  ...intervalColumns("jobsPerSecond", "", none),
  ...intervalColumns("wasted", "Share", none),
};

/** A small made-up summary with the shape of a real one; nothing here was measured. */
const effects: RemedyEffect[] = (["sleep", "read", "compute", "foreign-call"] as const).flatMap((job, j) =>
  remedies
    .filter((remedy) => job !== "compute" || !remedy.startsWith("a") || remedy === "as-is")
    .map((remedy, r) => ({
      ...unmeasured,
      job,
      remedy,
      ...interval("probeP95", "Ms", r === 0 ? 160 : 2 + r),
      ...interval("statP95", "Ms", r === 1 && j > 0 ? 40 : 1),
      ...interval("jobsPerSecond", "", 40 + 5 * r),
    })),
);

function interval<Name extends string, Unit extends string>(name: Name, unit: Unit, value: number) {
  return intervalColumns(name, unit, { estimate: value, low: value * 0.9, high: value * 1.2 });
}

testFigures({
  "remedies-victims": () => remediesVictims(effects, 0.9),
  "remedies-throughput": () => remediesThroughput(effects),
});

test("a profile that measured little gives figures all the same", () => {
  expect(() => {
    figureFile(remediesVictims([unmeasured], null));
    figureFile(remediesThroughput([unmeasured]));
  }).not.toThrow();
});
