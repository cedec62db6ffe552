import type { ColumnTable } from "arquero";
import { type Handed, numberAt } from "../../summary/handed.ts";
import type { Dataset } from "../../tables/load.ts";

/** The tables that the worker-count notebook has made. */
export interface WorkerCountSummaries {
  readonly cliffs: ColumnTable;
  readonly knees: ColumnTable;
}

/**
 * Names the numbers that the article cites, by the size of the pool: `1`, `4` and `16` workers. Null where the profile did
 * not measure a value.
 */
export function workerCountValues(dataset: Dataset, { cliffs, knees }: WorkerCountSummaries): Handed {
  const { runs } = dataset.manifest;
  const law = numberAt(knees, {}, "busyLawClients");
  const size = numberAt(knees, {}, "workers");
  const halfLaw = numberAt(knees, {}, "halfLawClients");
  const values: Record<string, number | null> = {
    runs: runs.valid,
    invalidRuns: runs.planned - runs.valid,
    poolsAtOne: countAtOne(cliffs),
    pools: rowsOf(cliffs).length,
    lawPerWorker: law === null || size === null ? null : law / size,
    halfLawPerWorker: halfLaw === null || size === null ? null : halfLaw / size,
    lawErrorShare: largestError(knees),
    belowP99MostMs: largest(rowsOf(cliffs).map((row) => row["belowP99Ms"])),
  };
  for (const workers of [1, 4, 16]) {
    const cliff = { executor: "run-queue", workers };
    values[`inStepP99At${workers}Ms`] = numberAt(cliffs, cliff, "inStepP99Ms");
    values[`outOfStepP99At${workers}Ms`] = numberAt(cliffs, cliff, "outOfStepP99Ms");
    values[`busyPerWorkerAt${workers}`] = numberAt(knees, { workers }, "busyPerWorker");
    values[`onsetPerWorkerAt${workers}`] = numberAt(knees, { workers }, "onsetPerWorker");
    values[`halfPerWorkerAt${workers}`] = numberAt(knees, { workers }, "halfPerWorker");
  }
  const [single, large] = [1, 16].map((workers) => numberAt(knees, { workers }, "onsetClients"));
  values["onsetGain"] = single && large ? large / single : null;
  for (const bound of ["Low", "High"]) {
    for (const workers of [1, 16]) {
      values[`onsetPerWorkerAt${workers}${bound}`] = numberAt(knees, { workers }, `onsetPerWorker${bound}`);
    }
  }
  return values;
}

/** Pools on run-queue whose cliff lies at one blocker a worker. */
function countAtOne(cliffs: ColumnTable): number {
  return rowsOf(cliffs).filter((row) => row["cliffPerWorker"] === 1).length;
}

function rowsOf(cliffs: ColumnTable): Record<string, unknown>[] {
  return (cliffs.objects() as Record<string, unknown>[]).filter((row) => row["executor"] === "run-queue");
}

/** How far the measured number of clients lies from the law at most, as a share of the law. */
function largestError(knees: ColumnTable): number | null {
  const errors = (knees.objects() as Record<string, number | null>[]).flatMap(
    ({ busyClients, busyLawClients }) =>
      typeof busyClients === "number" && typeof busyLawClients === "number"
        ? [Math.abs(busyClients / busyLawClients - 1)]
        : [],
  );
  return largest(errors);
}

function largest(values: readonly unknown[]): number | null {
  const numbers = values.filter((value) => typeof value === "number");
  return numbers.length === 0 ? null : Math.max(...numbers);
}
