import { seededRandom } from "../../stats/random.ts";
import { type SaturationPoint, saturationPoint } from "../../stats/saturation-point.ts";
import type { Dataset } from "../../tables/load.ts";
import { cells } from "../cells.ts";

/** Finds the change point of p99 over the blockers in step of one pool; null where the data carry none. */
export function poolCliff(dataset: Dataset, executor: string, workers: number): SaturationPoint | null {
  const where = { executor, workers, sweep: "in-step" };
  const levels = cells(dataset, { value: "overheadNs", by: ["load"], where }).map(
    ({ levels: { load }, byRun }) => ({ at: load as number, runs: byRun }),
  );
  return levels.length < 3 ? null : saturationPoint(levels, { random: seededRandom(1) });
}
