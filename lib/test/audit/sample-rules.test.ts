import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { checkSampleRules } from "../../src/audit/check-sample-rules.ts";
import { studies } from "../../src/studies/catalogue.ts";
import type { SampleRules } from "../../src/studies/sample-rules.ts";
import { isMeasured } from "../../src/studies/study.ts";
import { openTable } from "../../src/tables/open-table.ts";
import type { ExperimentTables } from "../../src/tables/read-experiment.ts";
import type { Schema } from "../../src/tables/schema.ts";
import { writeTable } from "../../src/tables/write-table.ts";
import { wholeManifest } from "../tables/whole-manifest.ts";

const folder = mkdtempSync(join(tmpdir(), "sample-rules-"));
afterAll(() => rmSync(folder, { recursive: true }));

const schema: Schema = {
  run: { type: "uint32", unit: "", meaning: "run" },
  kind: { type: "category", unit: "", meaning: "call or tally" },
  lastedNs: { type: "int64", unit: "ns", meaning: "how long it took" },
  failed: { type: "uint32", unit: "1", meaning: "calls that failed" },
  calls: { type: "uint32", unit: "1", meaning: "calls" },
};

const rules: SampleRules = {
  kind: "kind",
  rows: ({ callers }) => ({ call: Number(callers), tally: 1 }),
  words: { kind: ["call", "tally"] },
  notNegative: ["lastedNs"],
  among: [["failed", "calls"]],
};

interface Row {
  readonly run: number;
  readonly kind: string;
  readonly lastedNs: number;
  readonly failed: number;
  readonly calls: number;
}

/** Run 4 of two callers and run 5 of one, each with its tally. */
const whole: readonly Row[] = [
  { run: 4, kind: "call", lastedNs: 7, failed: 0, calls: 0 },
  { run: 4, kind: "call", lastedNs: 8, failed: 0, calls: 0 },
  { run: 4, kind: "tally", lastedNs: 9, failed: 1, calls: 2 },
  { run: 5, kind: "call", lastedNs: 7, failed: 0, calls: 0 },
  { run: 5, kind: "tally", lastedNs: 7, failed: 0, calls: 1 },
];

function tablesOf(rows: readonly Row[], lostSamples = [0, 0]): ExperimentTables {
  const path = join(folder, "samples.arrow");
  const columns = {
    run: rows.map(({ run }) => run),
    kind: rows.map(({ kind }) => kind),
    lastedNs: rows.map(({ lastedNs }) => lastedNs),
    failed: rows.map(({ failed }) => failed),
    calls: rows.map(({ calls }) => calls),
  };
  writeTable(path, schema, columns);
  const manifest = wholeManifest({
    parameters: { blocks: 1, factors: { callers: [1, 2] }, parts: [], restriction: {} },
  });
  return {
    manifest,
    runs: { rows: 2, metadata: {}, columns: { run: [4, 5], callers: [2, 1], lostSamples } },
    describedRuns: {},
    runsSchema: {},
    samples: openTable(path, schema),
    rowOfSample: Uint16Array.from(rows, ({ run }) => run - 4),
  };
}

const without = (at: number) => whole.filter((_, i) => i !== at);
const withRow = (at: number, change: Partial<Row>) =>
  whole.map((row, i) => (i === at ? { ...row, ...change } : row));

test("samples as a design asks for them break no rule", () => {
  expect(checkSampleRules(tablesOf(whole), rules)).toEqual([]);
});

test.each<[string, readonly Row[], string]>([
  ["a sample that is gone", without(0), "run 4 has 1 samples of call; its design asks for 2"],
  ["a kind that is gone", without(4), "run 5 has 0 samples of tally; its design asks for 1"],
  [
    "a word that nobody knows",
    withRow(3, { kind: "shout" }),
    'run 5 has the kind "shout"; there is call, tally',
  ],
  ["a time below nothing", withRow(1, { lastedNs: -1e15 }), "run 4 has lastedNs -1000000000000000, which"],
  ["more failures than calls", withRow(2, { failed: 3 }), "run 4 has failed 3 of calls 2"],
])("%s is found", (_, rows, problem) => {
  expect(checkSampleRules(tablesOf(rows), rules)[0]).toContain(problem);
});

test("a run that says it lost samples may have fewer, and one that left none says why elsewhere", () => {
  expect(checkSampleRules(tablesOf(without(0), [1, 0]), rules)).toEqual([]);
  expect(checkSampleRules(tablesOf(whole.slice(0, 3)), rules)).toEqual([]);
});

describe("the rules of each study", () => {
  const measured = studies.filter(isMeasured).filter(({ sampleRules }) => sampleRules !== undefined);
  test.each(measured.map((study) => [study.name, study] as const))(
    "%s speak of columns that it has",
    (_, { experiment, sampleRules = {} }) => {
      const { response, design } = experiment();
      const { kind, words = {}, notNegative = [], among = [], rows } = sampleRules;
      const named = [...(kind === undefined ? [] : [kind]), ...Object.keys(words), ...notNegative];
      for (const column of [...named, ...among.flat()]) expect(response).toHaveProperty([column]);
      const asked = design("full").flatMap(({ scenarios }) => scenarios.map((one) => rows?.(one) ?? {}));
      for (const counts of asked) {
        for (const [key, count] of Object.entries(counts)) {
          expect(count).toBeGreaterThanOrEqual(0);
          if (kind !== undefined && words[kind]) expect(words[kind]).toContain(key);
        }
      }
    },
  );
});
