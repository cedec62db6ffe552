import { availableParallelism } from "node:os";

/** Worker count of the published study; sleeping blockers make it a fair level on fewer cores. */
export const publishedWorkers = 4;

/** The host's parallelism and the published count, each once. */
export function defaultWorkerCounts(): readonly number[] {
  return [...new Set([availableParallelism(), publishedWorkers])];
}
