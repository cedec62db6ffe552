import { describe, expect, test } from "vitest";
import { agedProcesses } from "../../../src/studies/controls/analysis/aged-processes.ts";
import type { ControlsData } from "../../../src/studies/controls/analysis/control-runs.ts";
import { earlyTimers, timerFloor } from "../../../src/studies/controls/analysis/idle-probes.ts";
import {
  clockAgreement,
  outsideShare,
  recordingCost,
} from "../../../src/studies/controls/analysis/instrument.ts";
import { noDifference } from "../../../src/studies/controls/analysis/no-difference.ts";
import { noiseSteps } from "../../../src/studies/controls/analysis/noise-steps.ts";
import { controlsClaims } from "../../../src/studies/controls/claims.ts";
import { experiment } from "../../../src/studies/controls/experiment.ts";
import { controls } from "../../../src/studies/controls/index.ts";
import type { SampleOf } from "../../../src/tables/experiment-declaration.ts";
import { datasetOf } from "../../summary/dataset-of.ts";

type Sample = Partial<SampleOf<ControlsData["declaration"]>>;

const usual: Sample = {
  system: "run-queue",
  program: "probe",
  label: "a",
  workers: 4,
  tasks: 50,
  cores: "as found",
  heap: "64 MB",
  recording: "on",
  priority: "equal",
  compiler: "no top tier",
  age: "fresh",
  thereNs: null,
  count: null,
};

/** Runs of 500 overheads: 0.2 to 0.3 ms, each run a little slower than the last, times a factor. */
function overheads(firstRun: number, runs: number, factor: number, levels: Sample = {}): Sample[] {
  return Array.from({ length: runs }, (_, run) =>
    Array.from({ length: 500 }, (_, i) => ({
      ...usual,
      ...levels,
      kind: "overhead",
      run: firstRun + run,
      valueNs: factor * (200_000 + 200 * i + 1000 * run),
    })),
  ).flat();
}

function verdict(id: string, rows: readonly Sample[]) {
  return controlsClaims.find((claim) => claim.id === id)?.judge(datasetOf(experiment(), rows)).verdict;
}

const systems = ["run-queue", "piscina", "pinned", "bare-timer"] as const;

describe("two labels", () => {
  /** Both labels of each system alike, but the second of one system slower by so much (ms). */
  const labelled = (slowerMs: number, program: "probe" | "long probe" = "long probe") =>
    systems.flatMap((system, i) => {
      const levels = { system, program };
      const apart = system === "pinned" ? slowerMs * 1e6 : 0;
      const b = overheads(20 * i + 10, 8, 1, { ...levels, label: "b" });
      return [
        ...overheads(20 * i, 8, 1, levels),
        ...b.map((row) => ({ ...row, valueNs: Number(row.valueNs) + apart })),
      ];
    });
  const id = "controls-no-false-difference";

  test("are alike to a fiftieth of a sleep, differ by more, or cannot be told", () => {
    const rows = noDifference(datasetOf(experiment(), labelled(0)));
    expect(rows).toHaveLength(8);
    for (const row of rows) expect(row).toMatchObject({ differenceMs: 0, runsA: 8, runsB: 8 });
    expect(verdict(id, labelled(0))).toBe("holds");
    expect(verdict(id, labelled(0.195))).toBe("holds");
    expect(verdict(id, labelled(0.2))).toBe("not testable here");
    expect(verdict(id, labelled(0.205))).toBe("fails");
    expect(verdict(id, labelled(-0.205))).toBe("fails");
  });

  test("of long probes are compared where both kinds were measured", () => {
    const short = labelled(0.3, "probe").map((row) => ({ ...row, run: Number(row.run) + 500 }));
    expect(verdict(id, [...short, ...labelled(0)])).toBe("holds");
    expect(verdict(id, short)).toBe("fails");
  });

  test("are not alike because one run in ten is slow, nor different", () => {
    const slow = labelled(0).map((row) =>
      row.run === 33 ? { ...row, valueNs: 10 * Number(row.valueNs) } : row,
    );
    expect(verdict(id, slow)).toBe("holds");
  });

  test("with few runs or a system too few decide nothing", () => {
    expect(verdict(id, overheads(0, 5, 1))).toBe("not testable here");
    expect(
      verdict(
        id,
        labelled(0).filter(({ system }) => system !== "piscina"),
      ),
    ).toBe("not testable here");
  });
});

test("a recorded poll is set against an unrecorded one, as time a poll of all that yield at once", () => {
  const yields = (recording: "on" | "off", run: number, pollNs: number): Sample[] =>
    Array.from({ length: 20 }, () => ({
      ...usual,
      program: "yielder",
      workers: 1,
      tasks: 20,
      recording,
      kind: "yields",
      run,
      valueNs: pollNs * 20 * 200,
      count: 200,
    }));
  const data = datasetOf(experiment(), [
    ...yields("on", 0, 3000),
    ...yields("on", 1, 3000),
    ...yields("off", 2, 2500),
    ...yields("off", 3, 2500),
  ]);
  expect(recordingCost(data)).toMatchObject([
    { executor: "run-queue", runs: 4, onNs: 3000, offNs: 2500, ratio: expect.closeTo(1.2, 9), costNs: 500 },
  ]);
});

test("clocks are as far apart as the shortest ways allow, and disagree when a stamp lies outside", () => {
  const trip = (run: number, thereNs: number, valueNs: number): Sample => {
    return {
      ...usual,
      system: "atomics",
      program: "ping-pong",
      workers: 1,
      tasks: 1,
      kind: "round-trip",
      run,
      thereNs,
      valueNs,
    };
  };
  const data = datasetOf(experiment(), [trip(0, 6000, 10_000), trip(0, 5000, 12_000), trip(1, -1, 9000)]);
  expect(clockAgreement(data)).toEqual([
    { way: "atomics", roundTrips: 3, outside: 1, aheadAtMostUs: -0.001, behindAtMostUs: 4 },
  ]);
  expect(outsideShare(data).estimate).toBeCloseTo(1 / 3, 12);
});

test("each step has its tail against the bare timer's and the kernel's part in it", () => {
  const waits = (run: number, levels: Sample, valueNs: number): Sample[] =>
    [0, 1].map((round) => ({ ...usual, ...levels, kind: "kernel-wait", run, round, valueNs, count: 7 }));
  const many = { tasks: 500 };
  const timer = { ...many, system: "bare-timer" } as const;
  const data = datasetOf(experiment(), [
    ...overheads(0, 4, 2, many),
    ...[0, 1, 2, 3].flatMap((run) => waits(run, many, 1e6 + run)),
    ...overheads(10, 4, 1, timer),
    ...[10, 11, 12, 13].flatMap((run) => waits(run, timer, 0)),
  ]);
  const rows = noiseSteps(data);
  expect(rows.map(({ step, tasks }) => [step, tasks])).toEqual([
    ["bare timer", 500],
    ["run queue", 500],
  ]);
  expect(rows[0]).toMatchObject({ ratio: 1, waitMs: 0, preemptions: 7 });
  expect(rows[1]?.ratio).toBeCloseTo(2, 12);
  expect(rows[1]?.waitMs).toBeCloseTo(1, 5);
});

test("the run queue's tail is judged against Node's timers and against a thread that waits on a futex", () => {
  const rows = [
    ...overheads(0, 8, 2),
    ...overheads(10, 8, 2, { system: "bare-timer" }),
    ...overheads(20, 8, 1, { system: "futex-timer" }),
  ];
  expect(verdict("controls-floor-of-50", rows)).toBe("holds");
  expect(verdict("controls-futex-floor-of-50", rows)).toBe("fails");
  expect(noiseSteps(datasetOf(experiment(), rows)).map(({ step, futexRatio }) => [step, futexRatio])).toEqual(
    [
      ["bare timer", expect.closeTo(2, 9)],
      ["futex timer", expect.closeTo(1, 9)],
      ["run queue", expect.closeTo(2, 9)],
    ],
  );
});

test("a long-lived process is set against fresh ones in capacity and in tail", () => {
  const old = { compiler: "top tier", age: "long-lived" } as const;
  const yields = (firstRun: number, pollNs: number, levels: Sample = {}): Sample[] =>
    Array.from({ length: 8 }, (_, run) =>
      Array.from({ length: 20 }, () => ({
        ...usual,
        ...{ system: "piscina", program: "yielder", workers: 1, tasks: 20 },
        ...levels,
        ...{ kind: "yields", run: firstRun + run, valueNs: (pollNs + run) * 20 * 200, count: 200 },
      })),
    ).flat() as Sample[];
  const rows = (factor: number): Sample[] => [
    ...yields(0, 40_000),
    ...yields(10, 40_000 * factor, old),
    ...overheads(20, 8, 1, { system: "piscina" }),
    ...overheads(30, 8, factor, { system: "piscina", ...old }),
  ];
  expect(agedProcesses(datasetOf(experiment(), rows(0.9)))).toMatchObject([
    { executor: "piscina", ratio: expect.closeTo(0.9, 2), tailRatio: expect.closeTo(0.9, 6) },
  ]);
  expect(verdict("controls-long-lived-capacity", rows(0.9))).toBe("holds");
  expect(verdict("controls-long-lived-capacity", rows(2))).toBe("fails");
  expect(verdict("controls-long-lived-tail", rows(0.9))).toBe("holds");
  expect(verdict("controls-long-lived-tail", rows(2))).toBe("fails");
});

test("the floor is what bare timers reach on this host, and none where the controls were not measured", () => {
  const measured = controls.load();
  const floor = timerFloor(measured, 0.5);
  expect(floor).toBeGreaterThan(0);
  expect(timerFloor(measured, 0.99)).toBeGreaterThan(floor ?? Number.POSITIVE_INFINITY);
  expect(timerFloor(controls.loadIfMeasured(import.meta.dirname), 0.5)).toBeNull();
});

test("early timers are counted, not clamped", () => {
  const rows = overheads(0, 2, 1, { system: "bare-timer" });
  const early = rows.map((row, i) => (i % 4 === 0 ? { ...row, valueNs: -300_000 } : row));
  expect(earlyTimers(datasetOf(experiment(), early))).toMatchObject([
    { system: "bare-timer", samples: 1000, earlyShare: 0.25, medianMs: 0.3, mostMs: 0.3 },
  ]);
});

test("every claim survives data that hold nothing for it", () => {
  const other = overheads(0, 3, 1, { system: "atomics", program: "ping-pong" });
  for (const claim of controlsClaims)
    expect(claim.judge(datasetOf(experiment(), other)).verdict, claim.id).toBe("not testable here");
});
