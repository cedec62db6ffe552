import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { auditClaims } from "../../src/audit/audit-claims.ts";
import { auditData } from "../../src/audit/audit-data.ts";
import { auditProse } from "../../src/audit/audit-prose.ts";
import { auditRules } from "../../src/audit/audit-rules.ts";
import type { AuditSection } from "../../src/audit/finding.ts";
import type { Experiment } from "../../src/design/experiment.ts";
import type { Claim } from "../../src/ledger/claim.ts";
import { evaluateLedger } from "../../src/ledger/evaluate-ledger.ts";
import { atLeast } from "../../src/ledger/judge.ts";
import { makeHeldFolder } from "../../src/measure/held-folder.ts";
import { projectRoot } from "../../src/measure/project-root.ts";
import { scratchFolder } from "../../src/publish/scratch-folder.ts";
import type { Study } from "../../src/studies/study.ts";
import { type Manifest, readManifest } from "../../src/tables/manifest.ts";
import { samplesFile } from "../../src/tables/read-experiment.ts";
import { samplesSchema } from "../../src/tables/samples-schema.ts";
import { writeTable } from "../../src/tables/write-table.ts";
import { coins, manyCoins, smallDataSet } from "./small-data-set.ts";

type Row = Readonly<Record<string, unknown>>;
const tossing: Study = { name: "coins", experiment: () => coins, claims: [], figures: {} };
const studies = [tossing];
const wrong = (sections: readonly AuditSection[]) =>
  sections.flatMap(({ findings }) => findings.filter(({ ok }) => !ok).map(({ text }) => text));

const folder = makeHeldFolder("audit", scratchFolder).path;
afterAll(() => rmSync(folder, { recursive: true }));

test("a whole data set has nothing wrong, and its page names hashes, replicates, seed, validity and versions", () => {
  const sections = auditData(smallDataSet(), studies);
  expect(wrong(sections)).toEqual([]);
  const page = sections.flatMap(({ findings }) => findings.map(({ text }) => text)).join("\n");
  expect(page).toMatch(/coins: 10 runs \(SHA-256 [0-9a-f]{12}…\), 30 samples \([0-9a-f]{12}…\)/);
  expect(page).toContain("coins: base 2 × 5; profile full, seed 1");
  expect(page).toContain("coins: 10 of 10 runs valid");
  expect(page).toContain("Node.js 26.10.0 (locked), lockfile ffffffffffff, code 000000000000");
});

const redesigned: Experiment = {
  ...coins,
  factors: {
    ...coins.factors,
    side: { unit: "", meaning: "which side", levels: ["heads", "edge"], before: "heads" },
  },
  design: () => [{ name: "base", scenarios: [{ coin: "fair", side: "edge" }], replicates: 7 }],
};
const tossedSince: Study[] = [{ ...tossing, experiment: () => redesigned }];

test("of a design that has changed since, all is derived again that does not follow from the design, and the page says so", () => {
  const sections = auditData(smallDataSet(), tossedSince);
  expect(wrong(sections)).toEqual([]);
  const page = sections.flatMap(({ findings }) => findings.map(({ text }) => text)).join("\n");
  expect(page).toContain("coins: base 2 × 5; profile full, seed 1; the design has changed since");
});

test.each([
  ["a seed", (row: Row, at: number) => (at === 3 ? { ...row, seed: 7 } : row), "seeds do not follow"],
  ["a missing replicate", (row: Row, at: number) => (at === 3 ? null : row), "incomplete"],
  ["a missing scenario", (row: Row) => (row["coin"] === "bent" ? null : row), "incomplete"],
  [
    "a verdict",
    (row: Row, at: number) => (at === 3 ? { ...row, valid: false } : row),
    "is invalid for the reason null",
  ],
] as const)("%s that was altered is found though the design has changed since", (_, change, message) => {
  const rows = (all: readonly Row[]) => all.map(change).filter((row) => row !== null) as never;
  expect(wrong(auditData(smallDataSet({ rows }), tossedSince)).join("\n")).toContain(message);
});

test("a missing replicate block is found even where counts and hashes were made to fit", () => {
  const rows = (all: readonly Record<string, unknown>[]) => all.filter(({ block }) => block !== 4) as never;
  expect(wrong(auditData(smallDataSet({ rows }), studies))).toEqual([expect.stringContaining("incomplete")]);
  const parts = [{ name: "base", scenarios: 2, replicates: 4 }];
  const parameters = { blocks: 4, factors: { coin: ["fair", "bent"] }, parts, restriction: {} };
  expect(wrong(auditData(smallDataSet({ rows, manifest: { parameters } }), studies))).toEqual([
    "coins: manifest says parameters.blocks is 4; derived again it is 5",
    expect.stringMatching(/parameters.parts is .*"replicates":4.*derived again it is .*"replicates":5/),
    "coins: base fair: 4 of 5 replicates",
    "coins: base bent: 4 of 5 replicates",
  ]);
});

test("replicates that the manifest says were not needed are not missing, but must be told of", () => {
  const many = [{ ...tossing, experiment: () => manyCoins }];
  const data = smallDataSet({ replicated: true });
  expect(wrong(auditData(data, many))).toEqual([]);
  const { replication } = readManifest(join(data, coins.name));
  expect(replication?.cells.map(({ runs, ended }) => [runs, ended])).toEqual([
    [7, "precise"],
    [9, "capped"],
  ]);
  const untold = { ...replication, cells: replication?.cells.slice(1) } as Manifest["replication"];
  expect(
    wrong(auditData(smallDataSet({ replicated: true, manifest: { replication: untold } }), many)),
  ).toContain("coins: base fair: the manifest does not say how it ended");
  const early = { ...replication, minimum: 8 } as Manifest["replication"];
  expect(
    wrong(auditData(smallDataSet({ replicated: true, manifest: { replication: early } }), many)),
  ).toContainEqual(expect.stringMatching(/coins: base fair: ended as precise at .* with 7 valid runs/));
});

test("a run twice, or with a seed that does not follow from the campaign's, is found", () => {
  const rows = (change: Record<string, number>) => (all: readonly Record<string, unknown>[]) =>
    all.map((row, i) => (i === 0 ? { ...row, ...change } : row)) as never;
  const found = wrong(auditData(smallDataSet({ rows: rows({ seed: 7 }) }), studies));
  expect(found).toEqual([
    expect.stringMatching(/run 0 has seed 7; planned was \d+$/),
    expect.stringMatching(/seeds do not follow from the campaign's seed 1$/),
  ]);
});

test("a changed sample is found", () => {
  const data = smallDataSet();
  const samples = { run: Uint32Array.from({ length: 30 }, (_, i) => i / 3), headsNs: new Float64Array(30) };
  writeTable(join(data, coins.name, samplesFile), samplesSchema(coins), samples);
  expect(wrong(auditData(data, studies))).toEqual([expect.stringContaining("table was altered")]);
});

test("a manifest with more workers than anybody can have measured at is one wrong line, and the rest of the page is there", () => {
  const factors = { coin: ["fair", "bent"], workers: [5000] };
  const parameters = {
    blocks: 5,
    factors,
    parts: [{ name: "base", scenarios: 2, replicates: 5 }],
    restriction: {},
  };
  const sections = auditData(smallDataSet({ manifest: { parameters } }), studies);
  expect(wrong(sections)).toEqual([
    "coins: manifest says parameters.factors.workers is [5000]; pools that are measured have no more than 4096 workers together",
  ]);
  expect(sections.flatMap(({ findings }) => findings.map(({ text }) => text))).toContain(
    "coins: 10 of 10 runs valid",
  );
});

test("an experiment that was not measured, code that was not committed, and no valid run are found", () => {
  expect(wrong(auditData(folder, studies))).toEqual(["coins: not measured"]);
  const code = { commit: null, dirty: true, sha256: "0".repeat(64) };
  const rows = (all: readonly Record<string, unknown>[]) =>
    all.map((row) => ({ ...row, valid: false, invalidReason: "steal: 0.500", stealShare: 0.5 })) as never;
  expect(wrong(auditData(smallDataSet({ rows, manifest: { code } }), studies))).toEqual([
    "coins: 0 of 10 runs valid (steal 10): no evidence",
    expect.stringContaining("measured by code that was not committed"),
  ]);
});

test("a claim without evidence is found: no data, no notebook, no cell, or a cell that shows nothing", () => {
  const notebooks = join(folder, "notebooks");
  mkdirSync(notebooks);
  const cells = [
    { cell_type: "code", id: "shown", metadata: {}, source: "", outputs: [{ output_type: "display_data" }] },
    { cell_type: "code", id: "bare", metadata: {}, source: "", outputs: [] },
  ];
  const notebook = { cells, metadata: {}, nbformat: 4, nbformat_minor: 5 };
  writeFileSync(join(notebooks, "07-coins.ipynb"), JSON.stringify(notebook));
  const claims = (evidence: Claim["evidence"], experiment = "coins") => [{ ...claim, evidence, experiment }];
  const trace = (traced: readonly Claim[]) =>
    wrong(auditClaims(evaluateLedger(smallDataSet(), [{ ...tossing, claims: traced }]), notebooks)).map(
      (text) => text.replace(/^.*: /, ""),
    );
  expect(trace(claims({ notebook: "01-coins", cell: "shown" }))).toEqual([]);
  expect(trace(claims({ notebook: "coins", cell: "lost" }))).toEqual(["no such cell"]);
  expect(trace(claims({ notebook: "coins", cell: "bare" }))).toEqual(["the cell shows nothing"]);
  expect(trace(claims({ notebook: "dice", cell: "shown" }))).toEqual(["no such notebook"]);
  expect(trace(claims({ notebook: "coins", cell: "shown" }, "dice"))).toEqual([
    "the data set does not hold the experiment",
  ]);
  const control: Claim = { ...claim, id: "a-control", experiment: "controls" };
  const rows = evaluateLedger(smallDataSet(), [{ ...tossing, claims: [claim] }]).map((row) => ({
    ...row,
    claim: control,
    verdict: "fails" as const,
    asExpected: false,
    evidence: { ...row.evidence, notebook: "coins", cell: "shown", experiment: "controls" },
  }));
  expect(wrong(auditClaims(rows, notebooks))).toEqual([expect.stringContaining("a control fails")]);
});

test("a retyped number in the prose is found", async () => {
  const article = join(folder, "article");
  const fixtures = join(projectRoot, "lib", "test", "publish", "article", "fixtures");
  cpSync(fixtures, article, { recursive: true });
  cpSync(join(projectRoot, "article", "template"), join(article, "template"), { recursive: true });
  const audited = () => auditProse(article, join(article, "reference", "notebooks"), join(folder, "scratch"));
  expect(wrong([await audited()])).toEqual([]);
  const path = join(article, "article.md");
  const text = readFileSync(path, "utf8");
  const retyped = text.replace(/\{val\}`scheduling-delay\.[^`]*`/, "107");
  expect(retyped).not.toBe(text);
  writeFileSync(path, retyped);
  expect(wrong([await audited()])).toEqual([expect.stringContaining("number 107 is typed by hand")]);
});

test("every rule of benchmarking is met somewhere, and a place that is gone is found", () => {
  expect(wrong(auditRules(projectRoot))).toEqual([]);
  const lost = wrong(auditRules(folder));
  expect(lost).toHaveLength(auditRules(projectRoot).flatMap(({ findings }) => findings).length);
  expect(lost[0]).toContain("Not found: article/sections/scheduling-delay.md#no blockers");
});

const claim: Claim = {
  id: "coins-land",
  statement: "Coins land.",
  source: "this study",
  expected: { verdict: "holds", because: "they fall" },
  experiment: "coins",
  evidence: { notebook: "coins", cell: "shown" },
  margin: "at least once",
  needs: "coins",
  judge: () => atLeast({ estimate: 2, low: 1, high: 3 }, 1),
};

const formerRules = [
  "steal: more than 0.02 of CPU time went to other machines",
  "other load: other processes used more than 0.1 of CPU time",
  "pressure: some thread waited for a CPU more than 0.75 of the time",
  "lost samples: a sample that the design asked for never arrived",
  "dispatcher delay: the dispatcher handed over 1 % of due wake-ups more than 5 ms late",
  "time limit: the run was killed because it took far longer than expected",
  "crash: the run's process failed",
  "not testable here: this host lacks something the scenario needs",
];

test("a verdict is derived by the rules that the manifest states, those of former data too", () => {
  const late = (invalid: boolean) => (all: readonly Record<string, unknown>[]) =>
    all.map((row, i) => ({
      ...row,
      ...(i === 0 && { dispatcherDelayP99Ns: 6e6, wallMs: 8 }),
      ...(i === 0 && invalid && { valid: false, invalidReason: "dispatcher delay: 6.0 ms" }),
    })) as never;
  const audited = (invalid: boolean, validityRules?: readonly string[]) =>
    wrong(
      auditData(
        smallDataSet({
          rows: late(invalid),
          ...(validityRules && { former: true, manifest: { validityRules } }),
        }),
        studies,
      ),
    );
  expect(audited(true, formerRules)).toEqual([]);
  expect(audited(false, formerRules)).toEqual([
    expect.stringMatching(
      /run 0 is invalid for no reason; by its conditions it is for dispatcher delay: 6.0 ms/,
    ),
  ]);
  expect(audited(false)).toEqual([]);
  expect(audited(true)).not.toEqual([]);
});

test("a stall that the table shows and the verdict does not is found", () => {
  const rows = (all: readonly Record<string, unknown>[]) =>
    all.map((row, i) => (i === 0 ? { ...row, stallShare: 0.3, stallLongestNs: 0 } : row)) as never;
  expect(wrong(auditData(smallDataSet({ rows }), studies))).toEqual([
    expect.stringMatching(/run 0 is invalid for no reason; by its conditions it is for stall: 0.300/),
  ]);
});
