import { availableParallelism } from "node:os";
import { publishedWorkers } from "../tables/main-workers.ts";

/** A host's parallelism, this one's unless told, and the published count, each once. */
export function defaultWorkerCounts(parallelism: number = availableParallelism()): readonly number[] {
  return [...new Set([parallelism, publishedWorkers])];
}
