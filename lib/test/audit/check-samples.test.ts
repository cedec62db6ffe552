import { expect, test } from "vitest";
import { checkSamples } from "../../src/audit/check-samples.ts";
import type { ExperimentTables } from "../../src/tables/read-experiment.ts";

/** Tables of runs with so many samples each, all of one scenario unless told, all valid unless told. */
function tablesWith(
  counts: readonly number[],
  { level = counts.map(() => 1), valid = counts.map(() => true) } = {},
): ExperimentTables {
  const run = counts.map((_, i) => 10 + i);
  const part = counts.map(() => "base");
  return {
    runs: { rows: counts.length, columns: { run, part, valid, level } },
    rowOfSample: Uint32Array.from(counts.flatMap((count, row) => new Array<number>(count).fill(row))),
    manifest: { parameters: { factors: { level: [1, 2] } } },
  } as unknown as ExperimentTables;
}

test.each([
  ["all alike", tablesWith([100, 100, 100]), []],
  ["six tenths apart", tablesWith([100, 100, 160]), []],
  ["short by six tenths", tablesWith([160, 100, 160]), []],
  ["half a run", tablesWith([100, 100, 50]), ["run 12 has 50 samples; the runs of its scenario have 100"]],
  ["no sample", tablesWith([0, 100, 100]), ["run 10 has 0 samples; the runs of its scenario have 100"]],
  ["twice a run", tablesWith([100, 200, 100]), ["run 11 has 200 samples; the runs of its scenario have 100"]],
  ["another scenario", tablesWith([100, 100, 200], { level: [1, 1, 2] }), []],
  ["an invalid run", tablesWith([100, 100, 20], { valid: [true, true, false] }), []],
])(
  "a run that lacks samples, or has too many, is found beside those of its scenario: %s",
  (_, tables, found) => {
    expect(checkSamples(tables)).toEqual(found);
  },
);
