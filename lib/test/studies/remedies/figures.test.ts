import { type ColumnTable, from } from "arquero";
import { expect, test } from "vitest";
import { figureFile } from "../../../src/publish/figure-file.ts";
import { remediesThroughput, remediesVictims } from "../../../src/studies/remedies/figures.ts";
import { testFigures } from "../../drawing/snapshot.ts";

const remedies = ["as-is", "async", "await-in-task", "isolated", "chunked", "admission"];

/** A small made-up summary with the shape of a real one; nothing here was measured. */
const effects: ColumnTable = from(
  ["sleep", "read", "compute", "foreign-call"].flatMap((job, j) =>
    remedies
      .filter((remedy) => job !== "compute" || !remedy.startsWith("a") || remedy === "as-is")
      .map((remedy, r) => ({
        callers: "patient",
        job,
        remedy,
        ...interval("probeP95", "Ms", r === 0 ? 160 : 2 + r),
        ...interval("statP95", "Ms", r === 1 && j > 0 ? 40 : 1),
        ...interval("jobsPerSecond", "", 40 + 5 * r),
      })),
  ),
);

function interval(name: string, unit: string, value: number) {
  return {
    [`${name}${unit}`]: value,
    [`${name}Low${unit}`]: value * 0.9,
    [`${name}High${unit}`]: value * 1.2,
  };
}

testFigures({
  "remedies-victims": () => remediesVictims(effects, 0.9),
  "remedies-throughput": () => remediesThroughput(effects),
});

test("a profile that measured little gives figures all the same", () => {
  const little = from([{ callers: "patient", job: "sleep", remedy: "as-is", probeP95Ms: null }]);
  expect(() => {
    figureFile(remediesVictims(little, null));
    figureFile(remediesThroughput(little));
  }).not.toThrow();
});
