/** Worker count of the published study; sleeping blockers make it a fair level on fewer cores. */
export const publishedWorkers = 4;

/** Picks the worker count that everything else is varied and compared at: that of the published study, or the largest. */
export function mainWorkerCount(workerCounts: Iterable<number>): number {
  const counts = new Set(workerCounts);
  return counts.has(publishedWorkers) ? publishedWorkers : Math.max(...counts);
}
