import type { Dataset } from "../tables/load.ts";
import { publishedWorkers } from "../tables/published-workers.ts";

/** Tells the worker count that the figures compare: that of the published study, or the largest one measured. */
export function mainWorkers({ runs }: Dataset): number {
  const counts = new Set(runs.array("workers") as ArrayLike<number> & Iterable<number>);
  return counts.has(publishedWorkers) ? publishedWorkers : Math.max(...counts);
}
