import type { Handed } from "../../summary/handed.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import { valueAt } from "../../summary/rows.ts";
import type {
  ConvoyLevels,
  TokioConvoyFailures,
  TokioConvoyWaits,
  TokioMutexConvoyData,
} from "./analysis.ts";

/**
 * Names the numbers that the article cites, of 500 tasks; null where the profile did not measure a value.
 *
 * @param failures what `tokioConvoyFailures` gives
 * @param waits what `tokioConvoyWaits` gives
 */
export function tokioMutexConvoyValues(
  dataset: TokioMutexConvoyData,
  failures: readonly TokioConvoyFailures[],
  waits: readonly TokioConvoyWaits[],
): Handed {
  const workers = mainWorkers(dataset);
  const below = workers - 1;
  const { runs } = dataset.manifest;
  const tasks = 500;
  const users = { tasks, workload: "contention", role: "contender" } as const;
  type Place = [ConvoyLevels["executor"], ConvoyLevels["rearm"], number];
  const failure = (...[executor, rearm, blockers]: Place) =>
    valueAt(failures, { ...users, executor, rearm, blockers }, "failureShare");
  const wait = (...[executor, rearm, blockers]: Place) =>
    valueAt(waits, { tasks, executor, rearm, blockers }, "lockWaitP50Ms");
  return {
    mutexRuns: runs.valid,
    failureYieldBelowTokioShare: failure("tokio", "yield", below),
    waitYieldBelowTokioMs: wait("tokio", "yield", below),
    failureYieldAtTokioShare: failure("tokio", "yield", workers),
    waitYieldAtTokioMs: wait("tokio", "yield", workers),
    failureSleep5BelowTokioShare: failure("tokio", "sleep-5", below),
    failureYieldBelowRunQueueShare: failure("run-queue", "yield", below),
    waitYieldBelowRunQueueMs: wait("run-queue", "yield", below),
    failureYieldAtRunQueueShare: failure("run-queue", "yield", workers),
    waitYieldAtRunQueueMs: wait("run-queue", "yield", workers),
    failureSleep5BelowRunQueueShare: failure("run-queue", "sleep-5", below),
  };
}
