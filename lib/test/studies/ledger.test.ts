import { existsSync } from "node:fs";
import { join } from "node:path";
import { from } from "arquero";
import { expect, test } from "vitest";
import type { Experiment } from "../../src/design/experiment.ts";
import type { Claim } from "../../src/ledger/claim.ts";
import { evaluateLedger } from "../../src/ledger/evaluate-ledger.ts";
import { verdictCounts } from "../../src/ledger/verdict-counts.ts";
import { projectRoot } from "../../src/measure/project-root.ts";
import { notebookNamed } from "../../src/publish/edition-paths.ts";
import { readNotebook } from "../../src/publish/notebook.ts";
import { studies } from "../../src/studies/catalogue.ts";
import { declareExperiments } from "../../src/studies/study.ts";
import { dataFolder } from "../../src/tables/data-folder.ts";
import type { Dataset } from "../../src/tables/load.ts";
import type { Manifest } from "../../src/tables/manifest.ts";
import { wholeManifest } from "../tables/whole-manifest.ts";
import { plantedSweep } from "./planted-sweep.ts";

const ledger = studies.flatMap(({ claims }) => claims);
const claimNamed = (id: string) => ledger.find((claim) => claim.id === id) as Claim;
const sweep = { executor: "run-queue", runs: 10, blockers: [0, 1, 2, 3, 4, 5, 6], noise: 1.1 } as const;

test("ids are kebab case and unique, and every claim says what it expects and needs", () => {
  const ids = ledger.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))).toEqual([]);
  const texts = ledger.flatMap(({ id, statement, margin, needs, expected: { because } }) =>
    [statement, margin, needs, because].filter((text) => text.trim() === "").map(() => id),
  );
  expect(texts).toEqual([]);
  expect(ledger.filter(({ statement }) => !/^[A-Z].*\.$/.test(statement)).map(({ id }) => id)).toEqual([]);
});

test("claims spell thousands as the article does, with a comma", () => {
  const texts = ledger.flatMap(({ statement, margin, needs, expected: { because } }) => [
    statement,
    margin,
    needs,
    because,
  ]);
  expect(texts.filter((text) => /\d\s\d{3}(?!\d)/.test(text))).toEqual([]);
});

test("every claim is about a declared experiment", () => {
  const names = declareExperiments(studies).map(({ name }) => name);
  expect(ledger.filter(({ experiment }) => !names.includes(experiment)).map(({ id }) => id)).toEqual([]);
});

test("every claim that the reference data can decide is shown in a cell of a notebook", () => {
  const measured = ledger.filter(({ experiment }) => existsSync(join(dataFolder({}), experiment)));
  expect(measured.length).toBeGreaterThan(0);
  const lost = measured.filter(({ evidence: { notebook, cell } }) => {
    const path = notebookNamed(notebook);
    return path === null || !readNotebook(path).cells.some(({ id }) => id === cell);
  });
  expect(lost.map(({ id, evidence }) => `${id}: ${evidence.notebook}#${evidence.cell}`)).toEqual([]);
});

test("a cliff at as many blockers as workers holds, one earlier fails, and too few levels decide nothing", () => {
  const { judge } = claimNamed("cliff-at-saturation");
  expect(judge(plantedSweep({ ...sweep, cliffAt: 4 }))).toMatchObject({ verdict: "holds", estimate: 1 });
  expect(judge(plantedSweep({ ...sweep, cliffAt: 3 }))).toMatchObject({ verdict: "fails", estimate: 0.75 });
  expect(judge(plantedSweep({ ...sweep, cliffAt: 4, blockers: [0, 4] })).verdict).toBe("not testable here");
  expect(judge(plantedSweep({ ...sweep, cliffAt: 99 })).verdict).toBe("not testable here");
});

test.each(["cliff-at-saturation", "cliff-at-saturation-piscina", "median-sees-beyond"])(
  "what is said of four workers is not testable by a pool of six: %s",
  (id) => {
    const executor = id.endsWith("piscina") ? "piscina" : "run-queue";
    const at = (workers: number) =>
      claimNamed(id).judge(
        plantedSweep({
          ...sweep,
          executor,
          workers,
          blockers: [0, 1, workers - 1, workers, workers + 2],
          cliffAt: workers,
        }),
      );
    expect(at(4).verdict).not.toBe("not testable here");
    expect(at(6)).toMatchObject({
      verdict: "not testable here",
      reason: "no pool of 4 workers was measured",
      estimate: null,
    });
  },
);

test("a pool of one worker is not compared with itself where blockers should leave one free", () => {
  const data = plantedSweep({ ...sweep, workers: 1, blockers: [0, 1, 2, 3], cliffAt: 1 });
  expect(claimNamed("tenfold-step").judge(data).verdict).toBe("holds");
  expect(claimNamed("flat-below-cliff").judge(data)).toMatchObject({
    verdict: "not testable here",
    reason: "a pool of one worker leaves none free beside a blocker",
  });
});

test("heights are judged in units of a block: 40 ms of 50 are less than one and not almost three", () => {
  const data = plantedSweep({ ...sweep, cliffAt: 4 });
  const verdict = (id: string) => claimNamed(id).judge(data).verdict;
  expect(verdict("one-block-height")).toBe("holds");
  expect(verdict("published-height")).toBe("fails");
  expect(verdict("one-free-worker-run-queue")).toBe("holds");
  expect(verdict("flat-below-cliff")).toBe("holds");
  expect(verdict("one-free-worker-pinned")).toBe("not testable here");
});

test("pinned tasks that are late from the first blocker on contradict that one free worker is enough", () => {
  const data = plantedSweep({ ...sweep, executor: "pinned", cliffAt: 1 });
  expect(claimNamed("one-free-worker-pinned").judge(data).verdict).toBe("fails");
  expect(claimNamed("pinned-bad-at-one").judge(data).verdict).toBe("holds");
  expect(claimNamed("pinned-no-cliff").judge(data).verdict).toBe("holds");
});

test("a noisy host with few runs gives a wide interval that decides nothing", () => {
  const data = plantedSweep({ ...sweep, runs: 3, noise: 30, cliffAt: 4 });
  expect(claimNamed("flat-below-cliff").judge(data).verdict).toBe("not testable here");
  expect(claimNamed("tenfold-step").judge(data).verdict).not.toBe("fails");
});

test("one run decides no claim, and breaks none", () => {
  const verdicts = declareExperiments(studies).flatMap((experiment) =>
    ledger
      .filter((claim) => claim.experiment === experiment.name)
      .map((claim) => claim.judge(oneRunOf(experiment))),
  );
  expect(verdicts.filter(({ verdict }) => verdict !== "not testable here")).toEqual([]);
  expect(verdicts).toHaveLength(ledger.length);
});

test("what a folder does not hold is not testable here: not measured", () => {
  const rows = evaluateLedger(join(projectRoot, "data", "published"), studies);
  expect(rows.map(({ claim }) => claim)).toEqual(ledger);
  expect(new Set(rows.map(({ reason }) => reason.replace(/^.*: /, "")))).toEqual(new Set(["not measured"]));
  expect(rows.every(({ evidence, asExpected }) => evidence.table === null && asExpected === null)).toBe(true);
  expect(verdictCounts(rows)).toMatchObject({ claims: ledger.length, notTestable: ledger.length, holds: 0 });
});

/** The least that an experiment's tables can hold: one sample of one run, first levels, zeros. */
function oneRunOf({ name, factors, response }: Experiment): Dataset {
  const levels = Object.fromEntries(
    Object.entries(factors).map(
      ([
        factor,
        {
          levels: [first],
        },
      ]) => [factor, first],
    ),
  );
  const values = Object.fromEntries(
    Object.entries(response).map(([column, { type, nullable }]) => {
      if (nullable) return [column, null];
      if (type === "category" || type === "text") return [column, ""];
      return [column, type === "bool" ? false : 0];
    }),
  );
  const row = { run: 1, block: 1, part: "base", ...values, ...levels };
  const orders = Object.fromEntries(
    Object.entries(factors).map(([factor, { levels: all }]) => [factor, all]),
  );
  return {
    declaration: { name, factors, response, question: "" },
    experiment: name,
    host: "test-host",
    runs: from([row]),
    samples: from([row]),
    manifest: {
      experiment: name,
      parameters: { blocks: 1, factors: orders, parts: [], restriction: {} },
      runs: { planned: 1, valid: 1, invalid: {} },
      host: wholeManifest().host,
    } as unknown as Manifest,
  };
}
