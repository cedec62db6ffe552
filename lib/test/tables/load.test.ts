import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { DataError } from "../../src/measure/study-error.ts";
import type { ExperimentDeclaration } from "../../src/tables/experiment-declaration.ts";
import { load } from "../../src/tables/load.ts";
import { writeManifest } from "../../src/tables/manifest.ts";
import { earlierRunsSchemas, runsSchema } from "../../src/tables/runs-schema.ts";
import { samplesSchema } from "../../src/tables/samples-schema.ts";
import { sha256File } from "../../src/tables/sha256-file.ts";
import { writeTable } from "../../src/tables/write-table.ts";
import { wholeManifest } from "./whole-manifest.ts";

const experiment: ExperimentDeclaration = {
  name: "tiny",
  question: "",
  factors: {
    executor: { unit: "", meaning: "executor", levels: ["run-queue", "pinned"] },
    blockers: { unit: "1", meaning: "blockers", levels: [0, 4] },
  },
  response: {
    delayNs: { type: "int64", unit: "ns", meaning: "delay" },
    worker: { type: "uint8", unit: "1", meaning: "worker", nullable: true },
  },
};

const folder = mkdtempSync(join(tmpdir(), "load-"));
afterAll(() => rmSync(folder, { recursive: true }));

const none = [null, null, null];
const runs = {
  run: [7, 3, 5],
  block: [0, 0, 1],
  order: [0, 1, 2],
  seed: [1, 2, 3],
  part: ["base", "base", "load"],
  executor: ["run-queue", "pinned", "pinned"],
  blockers: [4, 0, 4],
  startedMs: [0, 10, 20],
  wallMs: [9, 9, 9],
  valid: [true, false, true],
  invalidReason: [null, "steal: 0.5", null],
  stealShare: none,
  pressureShare: none,
  otherCpuShare: none,
  dispatcherDelayP99Ns: none,
  lostSamples: [0, 0, 0],
};
const added = Object.keys(runsSchema(experiment)).filter((name) => !(name in runs));
const evidence = Object.fromEntries(added.map((name) => [name, none]));
const samples = { run: [7, 3, 5, 7], delayNs: [-10, 20, 30, 40], worker: [0, 1, null, 2] };

beforeEach(() => write(runs));

/** Writes the tables with a manifest that fits them. */
function write(rows: typeof runs, schema = runsSchema(experiment)): void {
  const paths = { runs: join(folder, "tiny", "runs.arrow"), samples: join(folder, "tiny", "samples.arrow") };
  const columns = Object.entries({ ...evidence, ...rows }).filter(([name]) => name in schema);
  writeTable(paths.runs, schema, Object.fromEntries(columns));
  writeTable(paths.samples, samplesSchema(experiment), samples);
  const record = (path: string, rows: number) => ({
    rows,
    bytes: statSync(path).size,
    sha256: sha256File(path),
  });
  const manifest = wholeManifest({
    experiment: "tiny",
    parameters: {
      blocks: 2,
      factors: {},
      parts: [{ name: "base", scenarios: 3, replicates: 1 }],
      restriction: {},
    },
    runs: { planned: 3, valid: rows.valid.filter(Boolean).length, invalid: { steal: 1 } },
    tables: { runs: record(paths.runs, 3), samples: record(paths.samples, 4) },
  });
  writeManifest(join(folder, "tiny"), manifest);
}

describe("load", () => {
  test("gives samples of valid runs with their run's block, part and levels", () => {
    expect(load(experiment, folder).samples.objects()).toEqual([
      { run: 7, delayNs: -10, worker: 0, block: 0, part: "base", executor: "run-queue", blockers: 4 },
      { run: 5, delayNs: 30, worker: null, block: 1, part: "load", executor: "pinned", blockers: 4 },
      { run: 7, delayNs: 40, worker: 2, block: 0, part: "base", executor: "run-queue", blockers: 4 },
    ]);
  });

  test("keeps every run, with the reason why it is invalid", () => {
    const dataset = load(experiment, folder);
    expect(dataset.runs.array("invalidReason")).toEqual([null, "steal: 0.5", null]);
    expect(dataset).toMatchObject({
      experiment: "tiny",
      host: "test-host-2-cores",
      manifest: { runs: { planned: 3 } },
    });
  });

  test("gives columns that tables of before lack as unknown, and the rest as it is", () => {
    write(runs, earlierRunsSchemas(experiment)[0]);
    const { runs: loaded, samples: ofThem } = load(experiment, folder);
    expect(added).toEqual(expect.arrayContaining(["stallShare", "gcMainNs", "gcWorkersNs", "suspendedMs"]));
    for (const name of added) expect(loaded.array(name)).toEqual(none);
    expect(loaded.columnNames()).toEqual(Object.keys(runsSchema(experiment)));
    expect(loaded.array("invalidReason")).toEqual([null, "steal: 0.5", null]);
    expect(ofThem.numRows()).toBe(3);
  });

  test("gives a factor that was declared later at the level of then, to runs and samples", () => {
    write(runs, earlierRunsSchemas(experiment)[0]);
    const age = { unit: "", meaning: "age", levels: ["fresh", "old"], before: "fresh" } as const;
    const later = { ...experiment, factors: { ...experiment.factors, age } };
    const { runs: loaded, samples: ofThem } = load(later, folder);
    expect(loaded.array("age")).toEqual(["fresh", "fresh", "fresh"]);
    expect(ofThem.array("age")).toEqual(["fresh", "fresh", "fresh"]);
    const { before: _, ...unnamed } = age;
    const silent = { ...experiment, factors: { ...experiment.factors, age: unnamed } };
    expect(() => load(silent, folder)).toThrow(/another schema: .*runs\.arrow/);
  });

  test("refuses tables that lack only some of these columns", () => {
    const { canaryLateP99Ns: _, ...some } = runsSchema(experiment);
    write(runs, some);
    expect(() => load(experiment, folder)).toThrow(
      /another schema: .*runs\.arrow, column 17 is canaryLateMaxNs/,
    );
  });

  test("gives the samples of runs that another validity keeps, and says which these are", () => {
    const other = load(experiment, folder, ({ run }) => run !== 7);
    expect(other.samples.array("run")).toEqual([3, 5]);
    expect(other.runs.array("valid")).toEqual([false, true, true]);
  });

  test("refuses data without a valid run rather than show empty figures", () => {
    write({ ...runs, valid: [false, false, false] });
    expect(() => load(experiment, folder)).toThrow(DataError);
    expect(() => load(experiment, folder)).toThrow(/tiny in .*no valid run \(steal 1\).*quieter host/);
  });

  test("names the table whose content is not what the manifest says", () => {
    writeTable(join(folder, "tiny", "samples.arrow"), samplesSchema(experiment), {
      ...samples,
      delayNs: [-10, 20, 30, 41],
    });
    expect(() => load(experiment, folder)).toThrow(/altered: .*samples\.arrow has SHA-256/);
  });

  test("names the manifest when it is damaged, and the experiment when it is missing", () => {
    writeFileSync(join(folder, "tiny", "manifest.json"), "{");
    expect(() => load(experiment, folder)).toThrow(/manifest is damaged: .*manifest\.json/);
    rmSync(join(folder, "tiny", "manifest.json"));
    expect(() => load(experiment, folder)).toThrow(/manifest is missing: .*manifest\.json/);
    rmSync(join(folder, "tiny"), { recursive: true });
    expect(() => load(experiment, folder)).toThrow(/tiny in .*: not measured; .*run tiny/);
  });

  test("a factor may not be named like another column", () => {
    const clash = { ...experiment, factors: { worker: { unit: "", meaning: "", levels: [1] } } };
    expect(() => runsSchema(clash)).toThrow("factor of tiny has the name of another column: worker");
  });
});
