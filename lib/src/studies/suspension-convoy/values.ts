import type { ColumnTable } from "arquero";
import { type Handed, numberAt, pascal } from "../../summary/handed.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import type { Dataset } from "../../tables/load.ts";

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
  const at = (variant: string, blockers: number) => ({ executor: "run-queue", variant, blockers });
  values["holdBadBelowMs"] = numberAt(holds, at("bad", workers - 1), "holdP50Ms");
  for (const [place, blockers] of Object.entries({ Calm: 0, At: workers })) {
    for (const variant of ["bad", "good"]) {
      const name = `${pascal(variant)}${place}`;
      values[`hold${name}Ms`] = numberAt(holds, at(variant, blockers), "holdP50Ms");
      values[`enrichment${name}Ms`] = numberAt(holds, at(variant, blockers), "enrichmentP90Ms");
    }
    values[`holdP95Bad${place}Ms`] = numberAt(holds, at("bad", blockers), "holdP95Ms");
  }
  for (const variant of ["bad", "good"]) {
    const name = pascal(variant);
    values[`late${name}AtShare`] = numberAt(holds, at(variant, workers), "lateShare");
    values[`messages${name}AtPerSecond`] = numberAt(holds, at(variant, workers), "messagesPerSecond");
    for (const consumeMs of [2, 20]) {
      const where = { variant, consumeMs };
      values[`entries${name}${consumeMs}PerSecond`] = numberAt(capacities, where, "entriesPerSecond");
      values[`messages${name}${consumeMs}PerSecond`] = numberAt(capacities, where, "messagesPerSecond");
    }
  }
  for (const consumeMs of [2, 20]) {
    values[`lawBad${consumeMs}PerSecond`] = numberAt(
      capacities,
      { variant: "bad", consumeMs },
      "lawPerSecond",
    );
  }
  return values;
}
