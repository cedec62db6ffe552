import { availableParallelism } from "node:os";
import { publishedWorkers } from "../tables/main-workers.ts";

/** The host's parallelism and the published count, each once. */
export function defaultWorkerCounts(): readonly number[] {
  return [...new Set([availableParallelism(), publishedWorkers])];
}
