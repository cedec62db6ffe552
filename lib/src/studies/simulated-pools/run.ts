import type { RunResult } from "../../design/experiment.ts";
import { BlockerSweepWorkload, publishedSweep } from "../../model/blocker-sweep.ts";
import { disciplines } from "../../model/disciplines.ts";
import { modelledExecutors } from "../../model/modelled-executors.ts";
import { publishedRequests, RequestLoadWorkload } from "../../model/request-load.ts";
import { Simulation, type Workload } from "../../model/simulation.ts";
import { quantile } from "../../stats/quantile.ts";
import { seededRandom } from "../../stats/random.ts";
import type { ColumnsOf } from "../../tables/schema.ts";
import type { response } from "./response.ts";

export interface SimulatedPoolsScenario {
  readonly load: "in-step" | "out-of-step" | "requests";
  readonly executor: "run-queue" | "pinned";
  readonly workers: number;
  readonly blocked: keyof typeof blockersOf;
  readonly clients: number;
}

/** Blockers of a sweep by what they leave of a pool. */
export const blockersOf = {
  none: () => 0,
  "all-but-one": (workers: number) => workers - 1,
  all: (workers: number) => workers,
  "a-quarter-more": (workers: number) => Math.ceil(1.25 * workers),
} as const;

/** A wake-up that is later than this has met the cliff (ms). */
const lateMs = 10;

/** Simulates one pool once. Nothing of the host enters but the time and the memory that it takes. */
export async function runSimulatedPools(
  scenario: SimulatedPoolsScenario,
  seed: number,
): Promise<RunResult<typeof response>> {
  const before = peakKiB();
  const startedMs = performance.now();
  const simulated = scenario.load === "requests" ? requests(scenario, seed) : sweep(scenario, seed);
  const tookMs = Math.round(performance.now() - startedMs);
  const row = { ...simulated, tookMs, grewKiB: peakKiB() - before };
  return { samples: columnsOf(row), lostSamples: 0, dispatcherDelayP99Ns: null };
}

interface Simulated {
  readonly late: number;
  readonly counted: number;
  readonly p50Us: number | null;
  readonly p99Us: number | null;
  readonly events: number;
}

/** The published sweep; out of step, blockers go on without end and begin within their first block. */
function sweep({ load, executor, workers, blocked }: SimulatedPoolsScenario, seed: number): Simulated {
  const random = seededRandom(seed);
  const blockers = blockersOf[blocked](workers);
  const startWithinMs = publishedSweep.blockMs * Math.max(1, blockers / workers);
  const endless = { sleeps: 30, blocks: Number.POSITIVE_INFINITY, startWithinMs };
  const outOfStep = { ...endless, countFromMs: 2 * startWithinMs };
  const design = { ...publishedSweep, ...(load === "out-of-step" ? outOfStep : {}), blockers };
  const workload = new BlockerSweepWorkload({ ...design, random, lagMs: () => 0 });
  const { events } = play(workload, workers, executor, random);
  const overheads = workload.overheadsMs;
  const us = (p: number) => {
    const found = quantile(overheads, p, { minTail: 1 });
    return found === null ? null : Math.round(found.estimate * 1000);
  };
  return {
    late: overheads.filter((ms) => ms > lateMs).length,
    counted: overheads.length,
    p50Us: us(0.5),
    p99Us: us(0.99),
    events,
  };
}

/** The published requests, of so many clients a worker. */
function requests({ executor, workers, clients }: SimulatedPoolsScenario, seed: number): Simulated {
  const random = seededRandom(seed);
  const { onEventLoops } = modelOf(executor);
  const workload = new RequestLoadWorkload({
    ...publishedRequests,
    clients: Math.round(clients * workers),
    timeoutsShareWorker: onEventLoops,
    tickMs: onEventLoops ? publishedRequests.sleepMs : null,
    lagMs: () => 0,
    random,
  });
  const { events } = play(workload, workers, executor, random);
  const { failures, completed } = workload;
  return { late: failures, counted: failures + completed, p50Us: null, p99Us: null, events };
}

function play(
  workload: Workload,
  workers: number,
  executor: SimulatedPoolsScenario["executor"],
  random: () => number,
): Simulation {
  return new Simulation(workload, workers, disciplines[modelOf(executor).discipline](random)).run();
}

function modelOf(executor: SimulatedPoolsScenario["executor"]) {
  const model = modelledExecutors.find((each) => each.executor === executor);
  if (model === undefined) throw new RangeError(`executor must be one that is modelled; got ${executor}`);
  return model;
}

function peakKiB(): number {
  return process.resourceUsage().maxRSS;
}

type Row = Simulated & { readonly tookMs: number; readonly grewKiB: number };

function columnsOf(row: Row): ColumnsOf<typeof response> {
  return {
    late: [row.late],
    counted: [row.counted],
    p50Us: [row.p50Us],
    p99Us: [row.p99Us],
    events: [row.events],
    tookMs: [row.tookMs],
    grewKiB: [row.grewKiB],
  };
}
