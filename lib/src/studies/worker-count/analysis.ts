import { sum } from "simple-statistics";
import type { ExecutorName } from "../../executor/executors.ts";
import { perWorker } from "../../ledger/jumps-at-saturation.ts";
import { outOfStepDelay } from "../../model/out-of-step-delay.ts";
import { collapseClients, kneeClients } from "../../model/request-knee.ts";
import { publishedRequests } from "../../model/request-load.ts";
import { ratio } from "../../stats/contrast.ts";
import { type FailureKnee, failureKnee } from "../../stats/failure-knee.ts";
import type { Interval } from "../../stats/interval.ts";
import { meanInterval } from "../../stats/mean-interval.ts";
import { seededRandom } from "../../stats/random.ts";
import { type SaturationPoint, saturationPoint } from "../../stats/saturation-point.ts";
import { cells, type Where } from "../../summary/cells.ts";
import { confidenceLevel } from "../../summary/confidence-level.ts";
import { type Estimate, meansOf, missing, quantileOf, shareOf } from "../../summary/estimate.ts";
import { intervalColumns } from "../../summary/interval-columns.ts";
import type { Dataset } from "../../tables/load.ts";
import type { experiment } from "./experiment.ts";
import type { SweepName } from "./sweeps.ts";

type WorkerCount = ReturnType<typeof experiment>;
export type WorkerCountData = Dataset<WorkerCount>;

export type PoolSizeCliff = ReturnType<typeof poolSizeCliffs>[number];
export type PoolSizeKnee = ReturnType<typeof poolSizeKnees>[number];

/** Latencies (ns) of the requests on run-queue, by workers × clients, where they have the given levels. */
export function poolRequests(dataset: WorkerCountData, where: Where<WorkerCount> = {}) {
  return cells(dataset, {
    value: "latencyNs",
    by: ["workers", "load"],
    where: { executor: "run-queue", sweep: "requests", ...where },
  });
}

/** With so many clients a worker all workers are busy, and hardly a request has to be cut off. */
const busyPerWorker = 4;

/**
 * Estimates the number of clients at which the workers become the bottleneck: N·R(1) / R(N), with R(1) the mean latency of
 * a request that never waits and R(N) that with all workers busy. By Little's law N / R(N) is what the workers complete,
 * and that many requests need R(1) each.
 *
 * Both means are those of the design's share of blocking requests, whatever the share in the run.
 */
export function busyClients(dataset: WorkerCountData, workers: number): Estimate | null {
  const alone = meanLatency(dataset, workers, workers);
  const busy = meanLatency(dataset, workers, busyPerWorker * workers);
  const bounds = alone && busy && ratio(alone, busy);
  return (
    bounds && {
      estimate: bounds.estimate * busyPerWorker * workers,
      low: bounds.low * busyPerWorker * workers,
      high: bounds.high * busyPerWorker * workers,
    }
  );
}

function meanLatency(dataset: WorkerCountData, workers: number, clients: number): Interval | null {
  const means = (blocking: boolean) =>
    meansOf(poolRequests(dataset, { workers, load: clients, blocking })[0]?.byRun ?? []);
  const [blocked, free] = [means(true), means(false)];
  const { blockingShare } = publishedRequests;
  if (blocked.length !== free.length) return null;
  return meanInterval(
    blocked.map((ofRun, run) => blockingShare * ofRun + (1 - blockingShare) * (free[run] as number)),
    confidenceLevel(),
  );
}

/** Requests of one pool with one number of clients, run by run. */
export interface PoolCounts {
  readonly workers: number;
  /** Clients. */
  readonly at: number;
  readonly failures: readonly number[];
  readonly requests: readonly number[];
}

/** Counts the requests that did not complete, run by run, by workers × clients. */
export function poolCounts(dataset: WorkerCountData, where: Where<WorkerCount> = {}): PoolCounts[] {
  const completed = poolRequests(dataset, { ...where, outcome: "completed" });
  return poolRequests(dataset, where).map(({ levels: { workers, load }, runs, byRun }) => {
    const fine = completed.find(({ levels }) => levels.workers === workers && levels.load === load);
    const requests = byRun.map(({ length }) => length);
    const failures = requests.map(
      (sent, i) => sent - (fine?.byRun[fine.runs.indexOf(runs[i] as number)]?.length ?? 0),
    );
    return { workers, at: load, failures, requests };
  });
}

/** Finds where requests begin to fail as clients grow, in one pool. */
export function poolKnee(dataset: WorkerCountData, workers: number): FailureKnee {
  return failureKnee(poolCounts(dataset, { workers }), confidenceLevel());
}

/** Finds the change point of p99 over the blockers in step of one pool; null where the data carry none. */
export function poolCliff(
  dataset: WorkerCountData,
  executor: ExecutorName,
  workers: number,
): SaturationPoint | null {
  const where = { executor, workers, sweep: "in-step" } as const;
  const levels = cells(dataset, { value: "overheadNs", by: ["load"], where }).map(
    ({ levels: { load }, byRun }) => ({ at: load, runs: byRun }),
  );
  return levels.length < 3
    ? null
    : saturationPoint(levels, { random: seededRandom(1), level: confidenceLevel() });
}

/** What the blockers of the experiment hold a worker for. */
const blockMs = 50;

/**
 * Tells where p99 of the probes' overhead jumps in each pool, in blockers and in blockers a worker, by executor × workers;
 * p99 with one worker left and with none, for blockers in step and out of step, beside the closed form B / W of the last.
 */
export function poolSizeCliffs(dataset: WorkerCountData) {
  const all = cells(dataset, { value: "overheadNs", by: ["executor", "workers", "sweep", "load"] });
  const pools = Map.groupBy(all, ({ levels }) => `${levels.executor} ${levels.workers}`);
  return [...pools.values()].flatMap((ofPool) => {
    const [first] = ofPool;
    if (first === undefined) return [];
    const { executor, workers } = first.levels;
    const runsAt = (sweep: SweepName, load: number) =>
      ofPool.find(({ levels }) => levels.sweep === sweep && levels.load === load)?.byRun ?? [];
    const p99 = (sweep: SweepName, load: number) => quantileOf(runsAt(sweep, load), 0.99);
    const location = poolCliff(dataset, executor, workers)?.location;
    return {
      executor,
      workers,
      runs: sum(ofPool.map(({ byRun }) => byRun.length)),
      ...intervalColumns("cliffBlockers", "", location ?? missing),
      ...intervalColumns("cliffPerWorker", "", location ? perWorker(location, workers) : missing),
      ...intervalColumns("belowP99", "Ms", p99("in-step", workers - 1), 1e-6),
      ...intervalColumns("inStepP99", "Ms", p99("in-step", workers), 1e-6),
      ...intervalColumns("outOfStepP50", "Ms", quantileOf(runsAt("out-of-step", workers), 0.5), 1e-6),
      ...intervalColumns("outOfStepP99", "Ms", p99("out-of-step", workers), 1e-6),
      evenlyOutOfStepMs: outOfStepDelay({ workers, blockers: workers, blockMs }),
    };
  });
}

/** Counts the requests of the sweep that failed, by workers × clients: their share with its interval over runs. */
export function poolSizeFailures(dataset: WorkerCountData) {
  return poolCounts(dataset).map(({ workers, at, failures, requests }) => ({
    workers,
    clients: at,
    clientsPerWorker: at / workers,
    runs: requests.length,
    ...intervalColumns("failure", "Share", shareOf(failures, requests)),
  }));
}

/**
 * Sets the knees of the request sweep beside the laws, by workers: the number of clients at which the workers become the
 * bottleneck, from the latencies (`busy`) and from the law N* = W (D + Z) / D (`busyLaw`); that at which one request in
 * twenty fails (`onset`); and that at which half of them do (`half`), beside the closed form for it (`halfLaw`). Each also
 * per worker.
 */
export function poolSizeKnees(dataset: WorkerCountData) {
  const pools = Map.groupBy(poolRequests(dataset), ({ levels }) => levels.workers);
  return [...pools].map(([workers, loads]) => {
    const { onset, midpoint } = poolKnee(dataset, workers);
    const columns = <Name extends string>(name: Name, estimate: Estimate | null) => ({
      ...intervalColumns(`${name}Clients`, "", estimate ?? missing),
      ...intervalColumns(`${name}PerWorker`, "", estimate ?? missing, 1 / workers),
    });
    return {
      workers,
      runs: sum(loads.map(({ byRun }) => byRun.length)),
      ...columns("busy", busyClients(dataset, workers)),
      busyLawClients: kneeClients({ ...publishedRequests, workers }),
      ...columns("onset", onset.interval),
      ...columns("half", midpoint.interval),
      halfLawClients: collapseClients({ ...publishedRequests, workers }),
    };
  });
}
