import type { ColumnTable } from "arquero";
import { type Handed, numberAt } from "../../summary/handed.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import type { Dataset } from "../../tables/load.ts";

/**
 * Names the numbers that the article cites; null where the profile did not measure a value.
 *
 * @param failures what `tokioRequestFailures` gives
 */
export function tokioRequestsValues(dataset: Dataset, failures: ColumnTable): Handed {
  const { runs } = dataset.manifest;
  const values: Record<string, number | null> = {
    workers: mainWorkers(dataset),
    runs: runs.valid,
    invalidRuns: runs.planned - runs.valid,
  };
  const closed = { lifoSlot: "on", load: "closed-loop" };
  for (const [name, placement] of Object.entries({ Before: "before-deadline", Inside: "inside-deadline" })) {
    for (const clients of [10, 15, 20, 30, 50]) {
      values[`failure${name}${clients}Share`] = numberAt(
        failures,
        { ...closed, placement, clients },
        "failureShare",
      );
    }
  }
  const open = { lifoSlot: "on", load: "open-loop", placement: "before-deadline" };
  for (const clients of [5, 6, 7, 8, 10]) {
    values[`failureOpen${clients}Share`] = numberAt(failures, { ...open, clients }, "failureShare");
  }
  return values;
}
