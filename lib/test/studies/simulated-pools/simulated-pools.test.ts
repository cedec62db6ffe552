import { expect, test } from "vitest";
import { figureFile } from "../../../src/publish/figure-file.ts";
import {
  simulatedCliffs,
  simulatedFailures,
  simulatedKnees,
  simulationCosts,
} from "../../../src/studies/simulated-pools/analysis.ts";
import { simulatedPoolsClaims } from "../../../src/studies/simulated-pools/claims.ts";
import { experiment } from "../../../src/studies/simulated-pools/experiment.ts";
import {
  simulatedPoolsCliffs,
  simulatedPoolsFailures,
  simulatedPoolsKnees,
} from "../../../src/studies/simulated-pools/figures.ts";
import { runSimulatedPools, type SimulatedPoolsScenario } from "../../../src/studies/simulated-pools/run.ts";
import { simulatedPoolsValues } from "../../../src/studies/simulated-pools/values.ts";
import type { SampleOf } from "../../../src/tables/experiment-declaration.ts";
import { datasetOf } from "../../summary/dataset-of.ts";

type Row = Partial<SampleOf<ReturnType<typeof experiment>>>;

const declared = experiment([4, 1024]);
const sweep = { load: "in-step", executor: "run-queue", workers: 64, blocked: "all", clients: 0 } as const;
const requests = {
  load: "requests",
  executor: "run-queue",
  workers: 4,
  blocked: "none",
  clients: 7,
} as const;

let nextRun = 0;

/** Runs of one scenario, whose p99 is given in µs, or whose share of late requests is. */
function runs(levels: Row, { p99Us = null, share = 0 }: { p99Us?: number | null; share?: number }): Row[] {
  return Array.from({ length: 8 }, (): Row => {
    const run = nextRun++;
    const late = Math.round(10_000 * Math.min(1, Math.max(0, share * (1 + ((run % 5) - 2) / 100))));
    const measured = { p50Us: p99Us, p99Us, late, counted: 10_000, events: 1e6, tookMs: 100, grewKiB: 4 };
    return { part: "base", executor: "run-queue", clients: 0, blocked: "none", ...levels, ...measured, run };
  });
}

function judged(id: string, rows: readonly Row[]) {
  return simulatedPoolsClaims.find((claim) => claim.id === id)?.judge(datasetOf(declared, rows));
}

function verdict(id: string, rows: readonly Row[]): string | undefined {
  return judged(id, rows)?.verdict;
}

/** Pools of a size, each with more clients a worker than the one before, of whose requests such shares are late. */
function pool(workers: number, from: number, shares: readonly number[]): Row[] {
  return shares.flatMap((share, i) => runs({ load: "requests", workers, clients: from + i }, { share }));
}

const simulate = async (scenario: SimulatedPoolsScenario, seed = 1) => {
  const { samples } = await runSimulatedPools(scenario, seed);
  return Object.fromEntries(Object.entries(samples).map(([name, [value]]) => [name, value]));
};

test("what a run says of a pool follows from its seed", async () => {
  const told = ({ late, counted, p50Us, p99Us, events }: Record<string, unknown>) => ({
    late,
    counted,
    p50Us,
    p99Us,
    events,
  });
  expect(told(await simulate(requests))).toEqual(told(await simulate(requests)));
  expect(await simulate(requests, 2)).not.toMatchObject({ events: (await simulate(requests))["events"] });
});

test("in step the last worker makes the cliff, in a pool of any size", async () => {
  for (const workers of [4, 64, 4096]) {
    expect(await simulate({ ...sweep, workers, blocked: "all-but-one" })).toMatchObject({ late: 0 });
    const { p99Us } = await simulate({ ...sweep, workers });
    expect(p99Us).toBeGreaterThan(39_000);
    expect(p99Us).toBeLessThan(41_500);
  }
});

test("out of step a thousand workers have no cliff, and a quarter more blockers bring its law", async () => {
  const large = { ...sweep, load: "out-of-step", workers: 1024 } as const;
  expect((await simulate(large))["p99Us"]).toBeLessThan(1000);
  const { p99Us } = await simulate({ ...large, blocked: "a-quarter-more" });
  expect(p99Us).toBeGreaterThan(11_000);
  expect(p99Us).toBeLessThan(15_000);
});

test("every request of every client is counted, on a shared queue and on event loops", async () => {
  expect(await simulate(requests)).toMatchObject({ counted: 7 * 4 * 20, p99Us: null });
  expect(await simulate({ ...requests, executor: "pinned" })).toMatchObject({ counted: 7 * 4 * 20 });
});

test("claims hold on what they predict and fail on its contrary", () => {
  const cliff = (load: "in-step" | "out-of-step", workers: number, all: number, below = 0) => [
    ...runs({ load, workers, blocked: "all" }, { p99Us: all }),
    ...runs({ load, workers, blocked: "all-but-one" }, { p99Us: below }),
  ];
  const both = (large: number) => [...cliff("in-step", 4, 40_000), ...cliff("in-step", 1024, large)];
  expect(verdict("simulated-cliff-in-step", both(40_000))).toBe("holds");
  expect(verdict("simulated-cliff-in-step", both(20_000))).toBe("fails");
  expect(verdict("simulated-cliff-in-step", cliff("in-step", 4, 40_000, 9_000))).toBe("fails");
  expect(verdict("simulated-no-cliff-out-of-step", cliff("out-of-step", 1024, 100))).toBe("holds");
  expect(verdict("simulated-no-cliff-out-of-step", cliff("out-of-step", 1024, 9_000))).toBe("fails");
  const small = pool(4, 4, [0.01, 0.2, 0.6, 0.9]);
  expect(verdict("simulated-onset-grows", [...small, ...pool(1024, 6, [0, 0.01, 0.99])])).toBe("holds");
  const alike = [4, 1024].flatMap((workers) => pool(workers, 40, [0.01, 0.2, 0.6, 0.9]));
  expect(verdict("simulated-onset-grows", alike)).toBe("fails");
  expect(verdict("simulated-fall-steepens", [...small, ...pool(1024, 6, [0, 0.01, 0.99])])).toBe("holds");
  const slow = pool(1024, 6, [0.01, 0.2, 0.3, 0.4, 0.6]);
  expect(verdict("simulated-fall-steepens", [...small, ...slow])).toBe("fails");
});

test("what is said of the largest pool needs one of a thousand workers, and what is said of a pool of four one of four", () => {
  const small = pool(4, 4, [0.01, 0.2, 0.6, 0.9]);
  const large = pool(1024, 6, [0, 0.01, 0.99]);
  const noLarge = {
    verdict: "not testable here",
    reason: "no simulated pool of 1,024 workers or more was measured",
  };
  for (const rows of [small, [...small, ...pool(64, 4, [0, 0.01, 0.99])]]) {
    expect(judged("simulated-onset-grows", rows)).toMatchObject(noLarge);
    expect(judged("simulated-fall-steepens", rows)).toMatchObject(noLarge);
  }
  expect(judged("simulated-onset-grows", [...pool(64, 4, [0.01, 0.2, 0.6, 0.9]), ...large])).toMatchObject({
    verdict: "not testable here",
    reason: "no simulated pool of 4 workers was measured",
  });
  expect(verdict("simulated-fall-steepens", large)).toBe("holds");
  const smaller = pool(2, 9, [0.01, 0.2, 0.6, 0.9]);
  expect(verdict("simulated-onset-grows", [...smaller, ...small, ...large])).toBe("holds");
});

test("values, tables and figures show what was simulated and leave the rest out", () => {
  const rows = [
    ...runs({ load: "in-step", workers: 4, blocked: "all" }, { p99Us: 40_000 }),
    ...runs({ load: "requests", workers: 4, clients: 5 }, { share: 0.01 }),
    ...runs({ load: "requests", workers: 4, clients: 7 }, { share: 0.9 }),
  ];
  const data = datasetOf(declared, rows);
  const cliffs = simulatedCliffs(data);
  const knees = simulatedKnees(data);
  expect(simulatedPoolsValues(data, cliffs, knees)).toMatchObject({
    smallest: 4,
    inStepSmallMs: 40,
    outOfStepThousandMs: null,
    onsetPinnedSmallPerWorker: null,
  });
  expect(simulatedPoolsValues(data, [], [])).toMatchObject({ smallest: null, largestWithRequests: null });
  expect(simulatedFailures(data).map(({ clients }) => clients)).toEqual([5, 7]);
  expect(simulationCosts(data)[0]).toMatchObject({ eventsPerSecond: 1e7, bytesPerWorker: null });
  const large = datasetOf(declared, runs({ load: "in-step", workers: 16_384, blocked: "all" }, {}));
  expect(simulationCosts(large)[0]?.bytesPerWorker).toBe((4 * 1024) / 16_384);
  expect(() => [
    figureFile(simulatedPoolsCliffs(cliffs)),
    figureFile(simulatedPoolsKnees(knees)),
    figureFile(simulatedPoolsFailures(simulatedFailures(data), 1.7)),
    figureFile(simulatedPoolsFailures([], null)),
    figureFile(simulatedPoolsCliffs([])),
    figureFile(simulatedPoolsKnees([])),
  ]).not.toThrow();
});
