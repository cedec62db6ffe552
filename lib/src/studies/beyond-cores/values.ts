import type { Handed } from "../../summary/handed.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import { valueAt } from "../../summary/rows.ts";
import type { BeyondCoresData, CoreDelay } from "./analysis.ts";
import { coresOf } from "./experiment.ts";

/**
 * Names the numbers that the article cites: p99 by executor, with one core left, with none and with three blockers a core;
 * null where the profile did not measure a value.
 */
export function beyondCoresValues(dataset: BeyondCoresData, delays: readonly CoreDelay[]): Handed {
  const workers = mainWorkers(dataset);
  const cores = coresOf(workers);
  const { runs } = dataset.manifest;
  const p99 = (executor: CoreDelay["executor"], hold: CoreDelay["hold"], blockers: number) =>
    valueAt(delays, { executor, hold, blockers }, "p99Ms");
  return {
    runs: runs.valid,
    invalidRuns: runs.planned - runs.valid,
    workers,
    cores,
    p99FreeRunQueueMs: p99("run-queue", "computing", 0),
    p99BelowRunQueueMs: p99("run-queue", "computing", cores - 1),
    p99AtRunQueueMs: p99("run-queue", "computing", cores),
    p99MostRunQueueMs: p99("run-queue", "computing", workers - 1),
    p99ParkedRunQueueMs: p99("run-queue", "parked", workers - 1),
    p99FreePiscinaMs: p99("piscina", "computing", 0),
    p99BelowPiscinaMs: p99("piscina", "computing", cores - 1),
    p99AtPiscinaMs: p99("piscina", "computing", cores),
    p99MostPiscinaMs: p99("piscina", "computing", workers - 1),
    p99ParkedPiscinaMs: p99("piscina", "parked", workers - 1),
    p99FreePinnedMs: p99("pinned", "computing", 0),
    p99BelowPinnedMs: p99("pinned", "computing", cores - 1),
    p99AtPinnedMs: p99("pinned", "computing", cores),
    p99MostPinnedMs: p99("pinned", "computing", workers - 1),
    p99ParkedPinnedMs: p99("pinned", "parked", workers - 1),
  };
}
