import type { ColumnTable } from "arquero";
import type { Dataset } from "../../tables/load.ts";
import { type Handed, numberAt, pascal } from "../handed.ts";
import { mainWorkers } from "../main-workers.ts";

/** The tables that the suspension-convoy notebook has made. */
export interface SuspensionConvoySummaries {
  readonly holds: ColumnTable;
  readonly capacities: ColumnTable;
}

/** Names the numbers that the article cites; null where the profile did not measure a value. */
export function suspensionConvoyValues(
  dataset: Dataset,
  { holds, capacities }: SuspensionConvoySummaries,
): Handed {
  const workers = mainWorkers(dataset);
  const { runs } = dataset.manifest;
  const values: Record<string, number | null> = {
    workers,
    runs: runs.valid,
    invalidRuns: runs.planned - runs.valid,
  };
  for (const variant of ["bad", "good"]) {
    const name = pascal(variant);
    for (const [place, blockers] of Object.entries({ Calm: 0, Below: workers - 1, At: workers })) {
      const where = { executor: "run-queue", variant, blockers };
      values[`hold${name}${place}Ms`] = numberAt(holds, where, "holdP50Ms");
      values[`holdP95${name}${place}Ms`] = numberAt(holds, where, "holdP95Ms");
      values[`enrichment${name}${place}Ms`] = numberAt(holds, where, "enrichmentP90Ms");
      values[`late${name}${place}Share`] = numberAt(holds, where, "lateShare");
      values[`messages${name}${place}PerSecond`] = numberAt(holds, where, "messagesPerSecond");
    }
    for (const consumeMs of [2, 20]) {
      const where = { variant, consumeMs };
      values[`entries${name}${consumeMs}PerSecond`] = numberAt(capacities, where, "entriesPerSecond");
      values[`law${name}${consumeMs}PerSecond`] = numberAt(capacities, where, "lawPerSecond");
      values[`messages${name}${consumeMs}PerSecond`] = numberAt(capacities, where, "messagesPerSecond");
    }
  }
  return values;
}
