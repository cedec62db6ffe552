import { seededRandom } from "../../../stats/random.ts";
import { type SaturationPoint, saturationPoint } from "../../../stats/saturation-point.ts";
import { cells } from "../../../summary/cells.ts";
import type { Dataset } from "../../../tables/load.ts";

/** Finds the change point of p99 over the blockers of the base grid; null where the data carry none. */
export function delayCliff(data: Dataset, executor: string, workers: number): SaturationPoint | null {
  const where = { part: "base", source: "probe", executor, workers };
  const levels = cells(data, { value: "overheadNs", by: ["blockers"], where }).map((cell) => ({
    at: cell.levels["blockers"] as number,
    runs: cell.byRun,
  }));
  return levels.length < 3 ? null : saturationPoint(levels, { random: seededRandom(1) });
}
