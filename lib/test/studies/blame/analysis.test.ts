import { expect, test } from "vitest";
import { blameShares, errorSurfaces } from "../../../src/studies/blame/analysis.ts";
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
    blameClaims.map(({ judge }) => judge(datasetOf(experiment(), rows)).verdict);
  const many = Array.from({ length: 12 }, (_, run) =>
    Array.from({ length: 200 }, () => [
      failed(run, {}),
      failed(run + 20, { cause: "slow-dependency", blockers: 3, starvedNs: 0, culprit: null }),
    ]).flat(),
  ).flat();
  expect(verdicts(many)).toEqual(["holds", "holds", "holds", "holds"]);
  expect(new Set(verdicts([failed(1, completed)]))).toEqual(new Set(["not testable here"]));
});
