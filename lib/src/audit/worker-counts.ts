import { sum } from "simple-statistics";
import { DataError } from "../measure/study-error.ts";
import type { ExperimentDeclaration } from "../tables/experiment-declaration.ts";
import type { Manifest } from "../tables/manifest.ts";

/** Designs grow with their workers; no host has threads for a pool as large as this. */
const mostMeasured = 4096;

/**
 * Names the worker counts at which a manifest says that its experiment was declared; undefined where it has none.
 *
 * @throws {DataError} when nobody can have measured at so many.
 */
export function workerCountsOf(
  { parameters: { factors } }: Manifest,
  experiment: Pick<ExperimentDeclaration, "simulated">,
): readonly number[] | undefined {
  const counts = (factors["workers"] ?? []).map(Number);
  if (counts.length === 0) return undefined;
  if (canBeMeasured(counts, experiment)) return counts;
  throw new DataError(
    `manifest says parameters.factors.workers is ${JSON.stringify(counts)}; pools that are measured have no more than ${mostMeasured} workers together`,
  );
}

/** Tells whether an experiment can have been carried out at these worker counts. */
export function canBeMeasured(
  counts: readonly number[],
  { simulated }: Pick<ExperimentDeclaration, "simulated">,
): boolean {
  return simulated === true || sum([...counts]) <= mostMeasured;
}
