import { publishedSweep } from "../../model/blocker-sweep.ts";
import { outOfStepDelay } from "../../model/out-of-step-delay.ts";
import { collapseClients, kneeClients } from "../../model/request-knee.ts";
import { publishedRequests } from "../../model/request-load.ts";
import { type FailureKnee, failureKnee } from "../../stats/failure-knee.ts";
import { cells } from "../../summary/cells.ts";
import { confidenceLevel } from "../../summary/confidence-level.ts";
import { crossingOf, type Estimate, meanOf, type Runs, shareOf } from "../../summary/estimate.ts";
import { intervalColumns } from "../../summary/interval-columns.ts";
import type { SampleOf } from "../../tables/experiment-declaration.ts";
import type { Dataset } from "../../tables/load.ts";
import type { experiment } from "./experiment.ts";
import { blockersOf } from "./run.ts";

type Declared = ReturnType<typeof experiment>;
export type SimulatedPoolsData = Dataset<Declared>;
type Sample = SampleOf<Declared>;

export type SimulatedCliff = ReturnType<typeof simulatedCliffs>[number];
export type SimulatedFailure = ReturnType<typeof simulatedFailures>[number];
export type SimulatedKnee = ReturnType<typeof simulatedKnees>[number];

/**
 * Describes the overhead of wake-ups (ms) by load × workers × blockers: means over runs of each run's median and p99, beside
 * the closed form of p99.
 */
export function simulatedCliffs(dataset: SimulatedPoolsData) {
  const by = ["load", "workers", "blocked"] as const;
  return cells(dataset, { value: "p99Us", by, where: { executor: "run-queue", clients: 0 } }).map(
    ({ levels, byRun }) => ({
      ...levels,
      runs: byRun.length,
      ...intervalColumns("p50", "Ms", meanOf(valuesAt(dataset, "p50Us", levels)), 1e-3),
      ...intervalColumns("p99", "Ms", meanOf(byRun), 1e-3),
      lawMs: lawOf(levels),
    }),
  );
}

/** p99 of one run each (µs), for a sweep of one pool. */
export function p99At(
  dataset: SimulatedPoolsData,
  levels: Pick<Sample, "load" | "workers" | "blocked">,
): Estimate {
  return meanOf(valuesAt(dataset, "p99Us", levels));
}

/** In step a wake-up waits for the rest of a block once every worker is held; out of step for the next end among all. */
function lawOf({ load, workers, blocked }: Pick<Sample, "load" | "workers" | "blocked">): number {
  const { blockMs, sleepMs } = publishedSweep;
  const blockers = blockersOf[blocked](workers);
  if (load === "out-of-step") return outOfStepDelay({ workers, blockers, blockMs });
  return blockers < workers ? 0 : blockMs - sleepMs;
}

/**
 * Describes the failing of requests by executor × workers, in clients a worker: where one in twenty fails (`onset`), where half
 * of them do (`half`), and the laws for when all workers are busy and for when half of the requests fail.
 */
export function simulatedKnees(dataset: SimulatedPoolsData) {
  const pools = cells(dataset, {
    value: "counted",
    by: ["executor", "workers"],
    where: { load: "requests" },
  });
  return pools.map(({ levels: { executor, workers }, byRun }) => {
    const { onset, midpoint } = poolKnee(dataset, executor, workers);
    return {
      executor,
      workers,
      runs: byRun.length,
      ...intervalColumns("onset", "PerWorker", crossingOf(onset)),
      ...intervalColumns("half", "PerWorker", crossingOf(midpoint)),
      busyLawPerWorker: kneeClients({ ...publishedRequests, workers: 1 }),
      halfLawPerWorker: collapseClients({ ...publishedRequests, workers: 1 }),
    };
  });
}

/** Finds where requests begin to fail as clients grow, in clients a worker of one pool. */
export function poolKnee(
  dataset: SimulatedPoolsData,
  executor: Sample["executor"],
  workers: number,
): FailureKnee {
  const where = { executor, workers, load: "requests" } as const;
  const sent = cells(dataset, { value: "counted", by: ["clients"], where });
  const failed = cells(dataset, { value: "late", by: ["clients"], where });
  const levels = sent.map(({ levels: { clients }, byRun }, i) => ({
    at: clients,
    failures: (failed[i]?.byRun ?? []).map(([count = 0]) => count),
    requests: byRun.map(([count = 0]) => count),
  }));
  return failureKnee(levels, confidenceLevel());
}

/** Tells what share of the requests failed, by executor × workers × clients a worker, with its interval over runs. */
export function simulatedFailures(dataset: SimulatedPoolsData) {
  const by = ["executor", "workers", "clients"] as const;
  const sent = cells(dataset, { value: "counted", by, where: { load: "requests" } });
  const failed = cells(dataset, { value: "late", by, where: { load: "requests" } });
  return sent.map(({ levels, byRun }, i) => ({
    ...levels,
    runs: byRun.length,
    ...intervalColumns(
      "failure",
      "Share",
      shareOf(
        (failed[i]?.byRun ?? []).map(([count = 0]) => count),
        byRun.map(([count = 0]) => count),
      ),
    ),
  }));
}

/** The memory of smaller pools is lost in that of the process. */
const fewestWeighed = 10_000;

/**
 * Tells what simulating costs by load × workers, of the run with the most events: events, events a second, and memory for each
 * worker (bytes), null for small pools.
 */
export function simulationCosts(dataset: SimulatedPoolsData) {
  const by = ["load", "workers"] as const;
  const [took, grew] = (["tookMs", "grewKiB"] as const).map((value) => cells(dataset, { value, by }));
  return cells(dataset, { value: "events", by }).map(({ levels, byRun }, i) => {
    const runs = byRun.map(([count = 0]) => count);
    const most = Math.max(...runs);
    const run = runs.indexOf(most);
    const tookMs = took?.[i]?.byRun[run]?.[0] ?? 0;
    const grewKiB = grew?.[i]?.byRun[run]?.[0] ?? null;
    return {
      ...levels,
      events: most,
      eventsPerSecond: (most / Math.max(1, tookMs)) * 1000,
      bytesPerWorker:
        grewKiB === null || levels.workers < fewestWeighed ? null : (grewKiB * 1024) / levels.workers,
    };
  });
}

function valuesAt(
  dataset: SimulatedPoolsData,
  value: "p50Us" | "p99Us",
  levels: Pick<Sample, "load" | "workers" | "blocked">,
): Runs {
  const where = { executor: "run-queue", clients: 0, ...levels } as const;
  return cells(dataset, { value, by: [], where })[0]?.byRun ?? [];
}
