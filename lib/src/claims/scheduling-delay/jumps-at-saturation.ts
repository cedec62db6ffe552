import { cells } from "../../analysis/cells.ts";
import { seededRandom } from "../../stats/random.ts";
import { saturationPoint } from "../../stats/saturation-point.ts";
import type { Dataset } from "../../tables/load.ts";
import { type Judgement, undecided, within } from "../judge.ts";
import { scaled } from "./probe-overheads.ts";

/** Judges that p99 of the probes' overhead jumps where every worker is blocked: at one blocker a worker, nowhere else. */
export function jumpsAtSaturation(data: Dataset, executor: string, workers: number): Judgement {
  const levels = cells(data, {
    value: "overheadNs",
    by: ["blockers"],
    where: { part: "base", source: "probe", executor, workers },
  }).map((cell) => ({ at: cell.levels["blockers"] as number, runs: cell.byRun }));
  if (levels.length < 3) return undecided("fewer than three numbers of blockers were measured");
  const jump = saturationPoint(levels, { random: seededRandom(1) });
  if (jump === null) return undecided("the data carry no change point of p99");
  if (jump.pValue > 0.05) return undecided(`no jump is clearer than chance: p = ${jump.pValue.toFixed(2)}`);
  return within(scaled(jump.location, 1 / workers), 1, 1);
}
