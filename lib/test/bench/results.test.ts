import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { instrument } from "../../bench/stages/instrument.ts";
import { pollsByWorkers } from "../../bench/stages/polls.ts";
import { recording } from "../../bench/stages/recording.ts";
import { simulator } from "../../bench/stages/simulator.ts";
import { tables } from "../../bench/stages/tables.ts";
import { costAgainstSize } from "../../src/drawing/bench-figure.ts";
import { figureFile } from "../../src/publish/figure-file.ts";
import { benchGrowth, benchRatios } from "../../src/summary/bench-ratios.ts";
import { type BenchResults, type BenchRow, loadBench, writeBench } from "../../src/tables/bench-results.ts";

const folder = mkdtempSync(join(tmpdir(), "results-"));
afterAll(() => rmSync(folder, { recursive: true }));

const row = (candidate: string, size: number, cost: number, stage = "tables"): BenchRow => ({
  stage,
  candidate,
  ours: candidate === "ours",
  size,
  sizeUnit: "rows",
  cost,
  costUnit: "ms",
  memoryMiB: size === 1000 ? 64 : null,
});
const results: BenchResults = {
  date: "2026-01-02",
  host: "test-host-2-cores",
  cpuModel: "Test CPU",
  cores: 2,
  node: "26.10.0",
  otherCpuShare: 0.01,
  stealShare: null,
  rows: [
    row("ours", 10, 2),
    row("theirs", 10, 8),
    row("ours", 1000, 20),
    row("theirs", 1000, 800),
    row("ours", 10, 5, "simulator"),
  ],
};

test("what was measured is what is loaded; a data set without a bench has none", () => {
  expect(loadBench(folder)).toBeNull();
  writeBench(folder, results);
  expect(loadBench(folder)).toEqual(results);
});

test("a damaged bench is told by its field, with the remedy", () => {
  const other = join(folder, "other");
  mkdirSync(join(other, "bench"), { recursive: true });
  writeFileSync(join(other, "bench", "results.json"), JSON.stringify({ ...results, cores: "two" }));
  expect(() => loadBench(other)).toThrow(
    /^bench is damaged: .*results\.json \(cores must be number; got "two"\); measure again with `make bench`$/,
  );
});

test("ratios set our cost beside each rival's at the same size, or beside nobody's", () => {
  expect(benchRatios(results).map(({ stage, size, rival, ratio }) => [stage, size, rival, ratio])).toEqual([
    ["tables", 10, "theirs", 0.25],
    ["tables", 1000, "theirs", 0.025],
    ["simulator", 10, null, null],
  ]);
});

test("growth is the slope between the least and the greatest size: a half, one, unknown for a single size", () => {
  expect(benchGrowth(results)).toEqual([
    { stage: "tables", candidate: "ours", sizes: "10 to 1000 rows", exponent: 0.5, greatestMemoryMiB: 64 },
    { stage: "tables", candidate: "theirs", sizes: "10 to 1000 rows", exponent: 1, greatestMemoryMiB: 64 },
    {
      stage: "simulator",
      candidate: "ours",
      sizes: "10 to 10 rows",
      exponent: null,
      greatestMemoryMiB: null,
    },
  ]);
});

test("a figure has one line a candidate, ours first; a stage that was not measured is refused by name", () => {
  const figure = figureFile(costAgainstSize(results, "tables"));
  expect(figure.id).toBe("bench-tables");
  expect(figure.data).toMatchObject([
    { name: "ours", x: [10, 1000], y: [2, 20] },
    { name: "theirs", x: [10, 1000], y: [8, 800] },
  ]);
  expect(() => costAgainstSize(results, "tablse")).toThrow(
    "stage must be one of tables, simulator; got tablse",
  );
});

test.each([
  ["instrument", () => instrument(100), 4],
  ["recording", () => recording([100]), 3],
  ["tables", () => tables([100]), 3],
  ["simulator", () => simulator([100]), 1],
  ["polls", () => pollsByWorkers([1], 1000), 2],
])(
  "the stage %s gives a cost above zero for each candidate, ours among them",
  async (_, stage, candidates) => {
    const rows = await stage();
    expect(rows).toHaveLength(candidates);
    expect(rows.filter(({ cost }) => !(cost > 0))).toEqual([]);
    expect(rows.filter(({ ours }) => ours)).toHaveLength(new Set(rows.map((each) => each.stage)).size);
  },
);
