import { expect, test } from "vitest";
import { figureFile } from "../../../src/publish/figure-file.ts";
import { coreDelays } from "../../../src/studies/beyond-cores/analysis.ts";
import { beyondCoresClaims } from "../../../src/studies/beyond-cores/claims.ts";
import { coresOf, experiment } from "../../../src/studies/beyond-cores/experiment.ts";
import { beyondCoresDelays } from "../../../src/studies/beyond-cores/figures.ts";
import { rowsOfPolls, runBeyondCores } from "../../../src/studies/beyond-cores/run.ts";
import { beyondCoresValues } from "../../../src/studies/beyond-cores/values.ts";
import type { SampleOf } from "../../../src/tables/experiment-declaration.ts";
import { datasetOf } from "../../summary/dataset-of.ts";
import { wholeManifest } from "../../tables/whole-manifest.ts";

type Row = Partial<SampleOf<ReturnType<typeof experiment>>>;

/** Two cores: seven workers, and up to six blockers. */
const declared = experiment([7]);

let nextRun = 0;

/** Eight runs of 200 sleeps around so many milliseconds. */
function cell(levels: Row, ms: number): Row[] {
  return Array.from({ length: 8 }, () => nextRun++).flatMap((run) =>
    Array.from({ length: 200 }, (_, i): Row => {
      const overheadUs = Math.round(ms * 1000 * (1 + i / 2000 + (run % 5) / 500));
      return { workers: 7, part: "base", source: "probe", heldUs: 1, ...levels, run, overheadUs };
    }),
  );
}

function judged(id: string, rows: readonly Row[], cores = 2) {
  const host = { ...wholeManifest().host, cores };
  return beyondCoresClaims.find((claim) => claim.id === id)?.judge(datasetOf(declared, rows, { host }));
}

function verdict(id: string, rows: readonly Row[]): string | undefined {
  return judged(id, rows)?.verdict;
}

test("a run has every sleep of every probe, and the holds of its blockers", async () => {
  const scenario = { executor: "run-queue", workers: 2, blockers: 1, hold: "parked" } as const;
  const { samples, lostSamples } = await runBeyondCores(scenario, 1);
  expect(lostSamples).toBe(0);
  expect(samples.source.filter((source) => source === "probe")).toHaveLength(200);
  const held = [...samples.heldUs].filter((_, row) => samples.source[row] === "blocker");
  expect(held.length).toBeGreaterThan(0);
  expect(Math.min(...held)).toBeGreaterThanOrEqual(49_900);
});

test("polls that only bring a task to its start are no rows", () => {
  const polls = {
    task: Int32Array.of(0, 0, 20),
    tag: Int32Array.of(-1, 0, 0),
    worker: Int32Array.of(0, 0, 1),
    dueNs: Float64Array.of(0, 1e6, 2e6),
    enqueuedNs: Float64Array.of(0, 1e6, 2e6),
    startedNs: Float64Array.of(0, 3e6, 2e6),
    endedNs: Float64Array.of(0, 4e6, 52e6),
  };
  expect(rowsOfPolls({ polls })).toEqual({
    source: ["probe", "blocker"],
    overheadUs: Int32Array.of(2000, 0),
    heldUs: Int32Array.of(1000, 50_000),
  });
});

test("a pool of three workers a core and one knows its cores", () => {
  expect([4, 7, 25].map(coresOf)).toEqual([1, 2, 8]);
});

test("claims hold on what they predict and fail on its contrary", () => {
  const most = (hold: "computing" | "parked", ms: number) =>
    (["run-queue", "piscina"] as const).flatMap((executor) => cell({ executor, hold, blockers: 6 }, ms));
  expect(verdict("parked-beyond-cores-run-queue", most("parked", 2))).toBe("holds");
  expect(verdict("parked-beyond-cores-run-queue", most("parked", 40))).toBe("fails");
  const beside = (computing: number) => [...most("parked", 2), ...most("computing", computing)];
  expect(verdict("computing-beyond-cores-piscina", beside(20))).toBe("holds");
  expect(verdict("computing-beyond-cores-piscina", beside(2))).toBe("fails");
  expect(verdict("computing-is-no-cliff", beside(20))).toBe("holds");
  expect(verdict("computing-is-no-cliff", beside(200))).toBe("fails");
  const filling = (at: number) => [
    ...cell({ executor: "run-queue", hold: "computing", blockers: 1 }, 1),
    ...cell({ executor: "run-queue", hold: "computing", blockers: 2 }, at),
  ];
  expect(verdict("computing-starts-at-cores", filling(5))).toBe("holds");
  expect(verdict("computing-starts-at-cores", filling(1))).toBe("fails");
  const pinned = (computing: number) => [
    ...cell({ executor: "pinned", hold: "parked", blockers: 1 }, 40),
    ...cell({ executor: "pinned", hold: "computing", blockers: 1 }, computing),
  ];
  expect(verdict("computing-on-an-event-loop", pinned(45))).toBe("holds");
  expect(verdict("computing-on-an-event-loop", pinned(4))).toBe("fails");
});

test("what is said of three blockers a core needs a pool that was made for the host's cores", () => {
  const rows = (["computing", "parked"] as const).flatMap((hold) =>
    (["run-queue", "piscina"] as const).flatMap((executor) => [
      ...cell({ executor, hold, blockers: 1 }, 1),
      ...cell({ executor, hold, blockers: 2 }, 5),
      ...cell({ executor, hold, blockers: 6 }, 20),
    ]),
  );
  const threeACore = beyondCoresClaims.filter(({ statement }) => statement.includes("three times as many"));
  expect(threeACore).toHaveLength(5);
  for (const { id } of threeACore) {
    expect(judged(id, rows)?.verdict).not.toBe("not testable here");
    expect(judged(id, rows, 4)).toMatchObject({
      verdict: "not testable here",
      reason: "a pool of 7 workers is not three for each of 4 cores, and one",
    });
  }
});

test("the last core is that of the host: a pool for another number of them decides nothing", () => {
  const rows = [1, 2].flatMap((blockers) =>
    cell({ executor: "run-queue", hold: "computing", blockers }, blockers < 2 ? 1 : 5),
  );
  expect(judged("computing-starts-at-cores", rows, 2)?.verdict).toBe("holds");
  expect(judged("computing-starts-at-cores", rows, 4)).toMatchObject({
    verdict: "not testable here",
    reason: "a pool of 7 workers was made for a host of 2 cores, not of 4",
  });
});

test("values and figure show what was measured and leave the rest out", () => {
  const data = datasetOf(declared, cell({ executor: "run-queue", hold: "computing", blockers: 2 }, 10));
  const delays = coreDelays(data);
  const values = beyondCoresValues(data, delays);
  expect(values["p99AtRunQueueMs"]).toBeCloseTo(11, 0);
  expect(values).toMatchObject({ cores: 2, workers: 7, p99MostPinnedMs: null });
  expect(() => [
    figureFile(beyondCoresDelays(delays, 2)),
    figureFile(beyondCoresDelays([], 2)),
  ]).not.toThrow();
});
