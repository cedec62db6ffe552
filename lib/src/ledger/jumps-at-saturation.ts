import type { SaturationPoint } from "../stats/saturation-point.ts";
import { scaled } from "../summary/estimate.ts";
import { type Judgement, undecided, within } from "./judge.ts";

/** Judges that a change point of p99 lies where every worker is blocked: at one blocker a worker, nowhere else. */
export function jumpsAtSaturation(jump: SaturationPoint | null, workers: number): Judgement {
  if (jump === null) return undecided(`the data carry no change point of p99 with ${workers} workers`);
  if (jump.pValue > 0.05) return undecided(`no jump is clearer than chance: p = ${jump.pValue.toFixed(2)}`);
  return within(scaled(jump.location, 1 / workers), 1, 1);
}
