import type { Handed } from "../../summary/handed.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import { valueAt } from "../../summary/rows.ts";
import {
  type ConvoyFailures,
  type ConvoyLatencies,
  type LockAmplification,
  type LockWaits,
  type MutexConvoyData,
  roundCounts,
} from "./analysis.ts";

/** The tables that the mutex-convoy notebook has made. */
export interface MutexConvoySummaries {
  readonly failures: readonly ConvoyFailures[];
  readonly amplification: readonly LockAmplification[];
  readonly waits: readonly LockWaits[];
  readonly latencies: readonly ConvoyLatencies[];
}

/** Names the numbers that the article cites; null where the profile did not measure a value. */
export function mutexConvoyValues(
  dataset: MutexConvoyData,
  { failures, amplification, waits, latencies }: MutexConvoySummaries,
): Handed {
  const workers = mainWorkers(dataset);
  const { runs } = dataset.manifest;
  const across = { executor: "run-queue", section: "yields" } as const;
  const fair = { ...across, lock: "fair" } as const;
  const below = workers - 1;

  const waited = (tasks: number, blockers: number) => (column: keyof LockWaits) =>
    valueAt(waits, { ...fair, tasks, blockers }, column);
  const added =
    (role: "contender" | "bystander", tasks: number, blockers: number) => (column: keyof LockAmplification) =>
      valueAt(amplification, { ...fair, tasks, blockers, role }, column);
  const addedOnPiscina = (column: keyof LockAmplification) =>
    valueAt(
      amplification,
      { ...fair, executor: "piscina", tasks: 100, blockers: below, role: "contender" },
      column,
    );
  const contended = (lock: "fair" | "barging") => (column: keyof ConvoyFailures) =>
    valueAt(failures, { ...across, lock, tasks: 500, blockers: workers, role: "contender" }, column);
  const fewBystanders = (lock: "fair" | "thread") => (column: keyof ConvoyFailures) =>
    valueAt(failures, { ...across, lock, tasks: 20, blockers: 0, role: "bystander" }, column);
  const bystanders = (lock: ConvoyLatencies["lock"]) => (column: keyof ConvoyLatencies) =>
    valueAt(
      latencies,
      { executor: "run-queue", section: "poll", lock, tasks: 100, blockers: 0, role: "bystander" },
      column,
    );
  const [stuck] = roundCounts(dataset, { by: [], where: { ...across, tasks: 20, lock: "thread" } });
  return {
    workers,
    runs: runs.valid,
    invalidRuns: runs.planned - runs.valid,
    wait100CalmMs: waited(100, 0)("lockWaitP50Ms"),
    wait100BelowMs: waited(100, below)("lockWaitP50Ms"),
    wait100AtMs: waited(100, workers)("lockWaitP50Ms"),
    wait200CalmMs: waited(200, 0)("lockWaitP50Ms"),
    wait200BelowMs: waited(200, below)("lockWaitP50Ms"),
    wait200AtMs: waited(200, workers)("lockWaitP50Ms"),
    wait500CalmMs: waited(500, 0)("lockWaitP50Ms"),
    wait500BelowMs: waited(500, below)("lockWaitP50Ms"),
    wait500AtMs: waited(500, workers)("lockWaitP50Ms"),
    hold100CalmMs: waited(100, 0)("holdP50Ms"),
    hold100BelowMs: waited(100, below)("holdP50Ms"),
    hold100AtMs: waited(100, workers)("holdP50Ms"),
    hold200CalmMs: waited(200, 0)("holdP50Ms"),
    hold200BelowMs: waited(200, below)("holdP50Ms"),
    hold200AtMs: waited(200, workers)("holdP50Ms"),
    hold500CalmMs: waited(500, 0)("holdP50Ms"),
    hold500BelowMs: waited(500, below)("holdP50Ms"),
    hold500AtMs: waited(500, workers)("holdP50Ms"),
    handOverAtMs: waited(100, workers)("handOverP50Ms"),
    addedContender100Share: added("contender", 100, workers)("addedShare"),
    addedContender100LowShare: added("contender", 100, workers)("addedLowShare"),
    addedContender100HighShare: added("contender", 100, workers)("addedHighShare"),
    addedContender200Share: added("contender", 200, workers)("addedShare"),
    addedContender200LowShare: added("contender", 200, workers)("addedLowShare"),
    addedContender200HighShare: added("contender", 200, workers)("addedHighShare"),
    addedContender500Share: added("contender", 500, workers)("addedShare"),
    addedContender500LowShare: added("contender", 500, workers)("addedLowShare"),
    addedContender500HighShare: added("contender", 500, workers)("addedHighShare"),
    addedBystander100HighShare: added("bystander", 100, workers)("addedHighShare"),
    addedBystander200HighShare: added("bystander", 200, workers)("addedHighShare"),
    addedBystander500HighShare: added("bystander", 500, workers)("addedHighShare"),
    added100BelowShare: added("contender", 100, below)("addedShare"),
    added200BelowShare: added("contender", 200, below)("addedShare"),
    added500BelowShare: added("contender", 500, below)("addedShare"),
    addedPiscinaBelowShare: addedOnPiscina("addedShare"),
    addedPiscinaBelowLowShare: addedOnPiscina("addedLowShare"),
    addedPiscinaBelowHighShare: addedOnPiscina("addedHighShare"),
    failureIndependentAtShare: valueAt(
      failures,
      { ...across, tasks: 100, blockers: workers, lock: "none", role: "all" },
      "failureShare",
    ),
    completedFairPerSecond: contended("fair")("completedPerSecond"),
    completedBargingPerSecond: contended("barging")("completedPerSecond"),
    failureFairShare: contended("fair")("failureShare"),
    failureBargingShare: contended("barging")("failureShare"),
    deadlockRuns: stuck?.rounds.length ?? null,
    deadlockedRuns: stuck?.failed.filter((failed) => failed > 0).length ?? null,
    deadlockFairShare: fewBystanders("fair")("failureShare"),
    deadlockThreadShare: fewBystanders("thread")("failureShare"),
    deadlockThreadLowShare: fewBystanders("thread")("failureLowShare"),
    deadlockThreadHighShare: fewBystanders("thread")("failureHighShare"),
    bystanderFairMs: bystanders("fair")("p50Ms"),
    bystanderFairP90Ms: bystanders("fair")("p90Ms"),
    bystanderThreadMs: bystanders("thread")("p50Ms"),
    bystanderThreadP90Ms: bystanders("thread")("p90Ms"),
    bystanderIndependentMs: bystanders("none")("p50Ms"),
  };
}
