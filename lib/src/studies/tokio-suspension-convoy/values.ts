import type { ColumnTable } from "arquero";
import { type Handed, numberAt, pascal } from "../../summary/handed.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import type { Dataset } from "../../tables/load.ts";

/**
 * Names the numbers that the article cites; null where the profile did not measure a value.
 *
 * @param times what `tokioSuspensionTimes` gives
 */
export function tokioSuspensionConvoyValues(dataset: Dataset, times: ColumnTable): Handed {
  const workers = mainWorkers(dataset);
  const { runs } = dataset.manifest;
  const values: Record<string, number | null> = {
    workers,
    runs: runs.valid,
    invalidRuns: runs.planned - runs.valid,
  };
  for (const variant of ["bad", "good"]) {
    for (const [place, blockers] of Object.entries({ Calm: 0, Below: workers - 1, At: workers })) {
      const at = { variant, rearm: "yield", blockers };
      values[`hold${pascal(variant)}${place}Ms`] = numberAt(times, at, "holdP50Ms");
      values[`latency${pascal(variant)}${place}Ms`] = numberAt(times, at, "latencyP50Ms");
    }
  }
  return values;
}
