import { expect, test } from "vitest";
import { blameShares, errorSurfaces, namedByDesign } from "../../../src/studies/blame/analysis.ts";
import { blameClaims } from "../../../src/studies/blame/claims.ts";
import { experiment } from "../../../src/studies/blame/experiment.ts";
import type { SampleOf } from "../../../src/tables/experiment-declaration.ts";
import { datasetOf } from "../../summary/dataset-of.ts";

type Sample = Partial<SampleOf<ReturnType<typeof experiment>>>;

const completed = { outcome: "completed", message: null, stack: null, surface: null, namesCulprit: null };

function failed(run: number, more: Sample): Sample {
  return {
    run,
    workers: 4,
    mechanism: "mutex",
    cause: "blocked-workers",
    errors: "plain",
    blockers: 6,
    outcome: "timed-out",
    latencyNs: 100,
    message: "TimeoutError: late",
    stack: "listOnTimeout (node:internal/timers)",
    surface: "node:internal/timers",
    namesCulprit: false,
    waitedNs: 100,
    starvedNs: 50,
    culprit: "report",
    culpritShare: 1,
    heldAtEnd: 4,
    ...more,
  };
}

test("accuses the blockers where they, above all, held every worker for half of the operation's time", () => {
  const data = datasetOf(experiment(), [
    failed(1, {}),
    failed(1, { starvedNs: 49 }),
    failed(1, { culprit: "audit" }),
    failed(1, { starvedNs: 0, culprit: null, heldAtEnd: 0 }),
    failed(2, { namesCulprit: true, starvedNs: 0 }),
    failed(2, completed),
  ]);
  expect(blameShares(data)).toMatchObject([
    { runs: 2, failures: 5, namedShare: 1 / 5, accusedShare: 1 / 5, busyShare: 4 / 5 },
  ]);
});

test("sets the two causes of the same words side by side", () => {
  const data = datasetOf(experiment(), [
    failed(1, {}),
    failed(1, {}),
    failed(2, { cause: "slow-dependency" }),
  ]);
  expect(errorSurfaces(data)).toMatchObject([
    { message: "TimeoutError: late", surface: "node:internal/timers", blockedWorkers: 2, slowDependency: 1 },
  ]);
});

test("claims are judged by what was planted, and sparse data decide nothing", () => {
  const verdicts = (rows: Sample[]) =>
    Object.fromEntries(
      blameClaims.map(({ id, judge }) => [id, judge(datasetOf(experiment(), rows)).verdict]),
    );
  const many = Array.from({ length: 12 }, (_, run) =>
    Array.from({ length: 200 }, () => [
      failed(run, {}),
      failed(run + 20, { cause: "slow-dependency", blockers: 3, starvedNs: 0, culprit: null }),
    ]).flat(),
  ).flat();
  expect(verdicts(many)).toMatchObject({
    "blame-errors-name-nobody": "holds",
    "blame-same-words": "holds",
    "blame-records-accuse": "holds",
    "blame-records-acquit": "holds",
    "blame-context-names-nobody": "not testable here",
  });
  expect(new Set(Object.values(verdicts([failed(1, completed)])))).toEqual(new Set(["not testable here"]));
});

test("a design whose errors name the culprit contradicts that they name nobody, and must spare the innocent", () => {
  const rows = (errors: NonNullable<Sample["errors"]>, named: boolean, innocent: boolean): Sample[] =>
    Array.from({ length: 8 }, (_, run) =>
      Array.from({ length: 200 }, () => [
        failed(run, { errors, namesCulprit: named }),
        failed(run + 20, { errors, namesCulprit: innocent, cause: "slow-dependency", blockers: 3 }),
      ]).flat(),
    ).flat();
  const verdict = (id: string, samples: Sample[]) =>
    blameClaims.find((claim) => claim.id === id)?.judge(datasetOf(experiment(), samples)).verdict;
  const designs = {
    "blame-errors-name-nobody": "plain",
    "blame-throwing-blocker-names-nobody": "throwing blocker",
    "blame-async-stacks-name-nobody": "async stacks",
    "blame-context-names-nobody": "context",
  } as const;
  for (const [id, errors] of Object.entries(designs)) {
    expect(verdict(id, rows(errors, false, false)), id).toBe("holds");
    expect(verdict(id, rows(errors, true, false)), id).toBe("fails");
  }
  const chained = (named: boolean, innocent: boolean) => rows("cause chain", named, innocent);
  expect(verdict("blame-cause-chain-names-culprit", chained(true, true))).toBe("holds");
  expect(verdict("blame-cause-chain-names-culprit", chained(false, true))).toBe("fails");
  expect(verdict("blame-cause-chain-spares-innocent", chained(true, true))).toBe("fails");
  expect(verdict("blame-cause-chain-spares-innocent", chained(true, false))).toBe("holds");
  expect(namedByDesign(datasetOf(experiment(), chained(true, false)))).toMatchObject([
    { errors: "cause chain", namedShare: 1, namedInnocentShare: 0 },
  ]);
});
