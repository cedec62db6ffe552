import type { ColumnTable } from "arquero";
import { type Handed, numberAt, pascal } from "../../summary/handed.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import type { Dataset } from "../../tables/load.ts";
import { holdCpuShare } from "./analysis/hold-cpu-share.ts";
import { systems } from "./analysis/instrument-verdicts.ts";

/** The tables that the introspection notebook has made. */
export interface IntrospectionSummaries {
  readonly tasks: ColumnTable;
  readonly workerTable: ColumnTable;
  readonly verdicts: ColumnTable;
  readonly published: ColumnTable;
}

/** Names the numbers that the article cites; null where the profile did not measure a value. */
export function introspectionValues(
  dataset: Dataset,
  { tasks, workerTable, verdicts, published }: IntrospectionSummaries,
): Handed {
  const workers = mainWorkers(dataset);
  const { runs } = dataset.manifest;
  const places = { Calm: 0, Below: workers - 1, At: workers };
  const values: Record<string, number | null> = {
    workers,
    runs: runs.valid,
    invalidRuns: runs.planned - runs.valid,
    ratioTokioBelow: publishedRatio(published, 3),
    ratioTokioAt: publishedRatio(published, 4),
  };

  for (const executor of ["run-queue", "piscina", "pinned"]) {
    for (const [place, blockers] of Object.entries(places)) {
      const where = { executor, blockers, tasks: "probes" };
      values[`ratio${pascal(executor)}${place}`] = numberAt(tasks, where, "schedToBusy");
    }
  }
  const reading = (system: string, instrument: string, column: string, scale = 1) => {
    const found = numberAt(verdicts, { system, instrument }, column);
    return found === null ? null : found * scale;
  };
  for (const place of ["none", "below", "full"]) {
    values[`waitTime${pascal(place)}Ms`] = reading("piscina", "waitTime p99", place, 1e-6);
    const busy = reading("run-queue", "busy share", place);
    values[`busyIdlest${pascal(place)}Share`] = busy;
  }
  values["factorWaitTime"] = reading("piscina", "waitTime p99", "factor");
  values["factorWaitTimeLow"] = reading("piscina", "waitTime p99", "factorLow");
  values["factorRatioRunQueue"] = reading("run-queue", "Sched:Busy", "factor");
  const main = "event-loop delay, main thread";
  values["factorMainRunQueue"] = reading("run-queue", main, "factor");
  values["factorMainPiscina"] = reading("piscina", main, "factor");
  const loop = "event-loop utilisation, workers";
  values["utilisationIdlePiscinaShare"] = reading("piscina", loop, "none");
  values["utilisationIdleRunQueueShare"] = reading("run-queue", loop, "none");
  values["utilisationIdleAsyncShare"] = reading("piscina, async", loop, "none");
  values["utilisationIdlePinnedShare"] = reading("pinned", loop, "none");
  const delay = "event-loop delay, workers";
  for (const [name, system] of [
    ["Async", "piscina, async"],
    ["Pinned", "pinned"],
  ] as const) {
    for (const place of ["none", "below", "full"]) {
      values[`loopDelay${name}${pascal(place)}Ms`] = reading(system, delay, place, 1e-6);
    }
  }
  values["poolUtilisationFullShare"] = reading("piscina", "utilization", "full");
  values["cpuParkedShare"] = holdCpuShare(dataset, "parked").estimate;
  values["cpuComputingShare"] = holdCpuShare(dataset, "computing").estimate;
  const computing = { system: "pinned", hold: "computing", worker: "busiest" };
  const fewest = leastWorkers(workerTable);
  const fully = { ...computing, workers: fewest, blockers: fewest };
  values["eventLoopComputingShare"] = numberAt(workerTable, fully, "eventLoopShare");
  const parked = { ...computing, hold: "parked", workers, blockers: workers };
  values["eventLoopParkedShare"] = numberAt(workerTable, parked, "eventLoopShare");
  for (const { system } of systems) {
    values[`nodeSees${pascal(system.replace(", ", "-"))}`] = seeing(verdicts, system, "Node");
  }
  return values;
}

type Row = Readonly<Record<string, unknown>>;

/** Counts the instruments of one maker that see saturation. */
function seeing(verdicts: ColumnTable, system: string, source: string): number {
  return (verdicts.objects() as Row[]).filter(
    (row) => row["system"] === system && row["source"] === source && row["seesSaturation"] === "sees",
  ).length;
}

function leastWorkers(table: ColumnTable): number {
  return Math.min(...(table.objects() as Row[]).map(({ workers }) => Number(workers)));
}

/** The middle of the published tasks. */
function publishedRatio(published: ColumnTable, blockers: number): number | null {
  const values = (published.objects() as Row[])
    .filter((row) => row["metric"] === "sched_busy_ratio" && row["blockers"] === blockers)
    .map(({ value }) => Number(value))
    .sort((a, b) => a - b);
  return values[Math.floor(values.length / 2)] ?? null;
}
