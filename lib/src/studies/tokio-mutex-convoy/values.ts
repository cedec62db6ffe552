import type { ColumnTable } from "arquero";
import { type Handed, numberAt, pascal } from "../../summary/handed.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import type { Dataset } from "../../tables/load.ts";

/**
 * Names the numbers that the article cites; null where the profile did not measure a value.
 *
 * @param failures what `tokioConvoyFailures` gives
 * @param waits what `tokioConvoyWaits` gives
 */
export function tokioMutexConvoyValues(dataset: Dataset, failures: ColumnTable, waits: ColumnTable): Handed {
  const workers = mainWorkers(dataset);
  const { runs } = dataset.manifest;
  const values: Record<string, number | null> = {
    workers,
    runs: runs.valid,
    invalidRuns: runs.planned - runs.valid,
  };
  for (const executor of ["tokio", "run-queue"]) {
    for (const rearm of ["yield", "sleep-5"]) {
      for (const [place, blockers] of Object.entries({ Below: workers - 1, At: workers })) {
        const at = { executor, rearm, blockers, tasks: 500 };
        const name = `${pascal(rearm)}${place}${pascal(executor)}`;
        const users = { ...at, workload: "contention", role: "contender" };
        values[`failure${name}Share`] = numberAt(failures, users, "failureShare");
        values[`wait${name}Ms`] = numberAt(waits, at, "lockWaitP50Ms");
      }
    }
  }
  return values;
}
