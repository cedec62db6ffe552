import { publishedWorkers } from "../tables/published-workers.ts";

/** Picks the worker count that a design varies everything else at: that of the published study, or the largest. */
export function mainWorkerCount(workerCounts: readonly number[]): number {
  return workerCounts.includes(publishedWorkers) ? publishedWorkers : Math.max(...workerCounts);
}
