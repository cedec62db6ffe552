import type { Dataset } from "../tables/load.ts";
import { mainWorkerCount } from "../tables/main-workers.ts";

/** Tells the worker count that the figures compare, of those measured. */
export function mainWorkers({ runs }: Dataset): number {
  return mainWorkerCount(runs.array("workers") as Iterable<number>);
}
