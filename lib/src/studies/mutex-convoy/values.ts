import type { ColumnTable } from "arquero";
import { type Handed, numberAt, pascal } from "../../summary/handed.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import type { Dataset } from "../../tables/load.ts";
import { roundCounts } from "./analysis.ts";

/** The tables that the mutex-convoy notebook has made. */
export interface MutexConvoySummaries {
  readonly failures: ColumnTable;
  readonly amplification: ColumnTable;
  readonly waits: ColumnTable;
  readonly latencies: ColumnTable;
}

/** Names the numbers that the article cites; null where the profile did not measure a value. */
export function mutexConvoyValues(
  dataset: Dataset,
  { failures, amplification, waits, latencies }: MutexConvoySummaries,
): Handed {
  const workers = mainWorkers(dataset);
  const { runs } = dataset.manifest;
  const values: Record<string, number | null> = {
    workers,
    runs: runs.valid,
    invalidRuns: runs.planned - runs.valid,
  };
  const across = { executor: "run-queue", section: "yields" };
  const blockers = { Calm: 0, Below: workers - 1, At: workers };

  for (const tasks of [100, 200, 500]) {
    const at = { ...across, lock: "fair", tasks };
    for (const [place, count] of Object.entries(blockers)) {
      const name = `${tasks}${place}`;
      values[`wait${name}Ms`] = numberAt(waits, { ...at, blockers: count }, "lockWaitP50Ms");
      values[`hold${name}Ms`] = numberAt(waits, { ...at, blockers: count }, "holdP50Ms");
    }
    const saturated = { ...at, blockers: workers };
    for (const bound of ["", "Low", "High"]) {
      const where = { ...saturated, role: "contender" };
      values[`addedContender${tasks}${bound}Share`] = numberAt(amplification, where, `added${bound}Share`);
    }
    const beside = { ...saturated, role: "bystander" };
    values[`addedBystander${tasks}HighShare`] = numberAt(amplification, beside, "addedHighShare");
    const below = { ...at, blockers: workers - 1, role: "contender" };
    values[`added${tasks}BelowShare`] = numberAt(amplification, below, "addedShare");
  }

  const atSaturation = { ...across, tasks: 100, blockers: workers };
  values["handOverAtMs"] = numberAt(waits, { ...atSaturation, lock: "fair" }, "handOverP50Ms");
  values["failureIndependentAtShare"] = numberAt(
    failures,
    { ...atSaturation, lock: "none", role: "all" },
    "failureShare",
  );
  for (const lock of ["fair", "barging"]) {
    const where = { ...across, lock, tasks: 500, blockers: workers, role: "contender" };
    values[`completed${pascal(lock)}PerSecond`] = numberAt(failures, where, "completedPerSecond");
    values[`failure${pascal(lock)}Share`] = numberAt(failures, where, "failureShare");
  }

  const piscina = { executor: "piscina", section: "yields", lock: "fair", tasks: 100, role: "contender" };
  for (const bound of ["", "Low", "High"]) {
    const where = { ...piscina, blockers: workers - 1 };
    values[`addedPiscinaBelow${bound}Share`] = numberAt(amplification, where, `added${bound}Share`);
  }

  const [stuck] = roundCounts(dataset, { by: [], where: { ...across, tasks: 20, lock: "thread" } });
  values["deadlockRuns"] = stuck?.rounds.length ?? null;
  values["deadlockedRuns"] = stuck?.failed.filter((failed) => failed > 0).length ?? null;
  const few = { ...across, tasks: 20, blockers: 0, role: "bystander" };
  const inPoll = { executor: "run-queue", section: "poll", tasks: 100, blockers: 0, role: "bystander" };
  for (const lock of ["fair", "thread"]) {
    for (const bound of lock === "thread" ? ["", "Low", "High"] : [""]) {
      const name = `deadlock${pascal(lock)}${bound}Share`;
      values[name] = numberAt(failures, { ...few, lock }, `failure${bound}Share`);
    }
    values[`bystander${pascal(lock)}Ms`] = numberAt(latencies, { ...inPoll, lock }, "p50Ms");
    values[`bystander${pascal(lock)}P90Ms`] = numberAt(latencies, { ...inPoll, lock }, "p90Ms");
  }
  values["bystanderIndependentMs"] = numberAt(latencies, { ...inPoll, lock: "none" }, "p50Ms");
  return values;
}
