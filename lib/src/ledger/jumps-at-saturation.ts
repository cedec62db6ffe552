import type { Interval } from "../stats/interval.ts";
import type { SaturationPoint } from "../stats/saturation-point.ts";
import { type Judgement, undecided, within } from "./judge.ts";

/** Judges that a change point of p99 lies where every worker is blocked: at one blocker a worker, nowhere else. */
export function jumpsAtSaturation(jump: SaturationPoint | null, workers: number): Judgement {
  if (jump === null) return undecided(`the data carry no change point of p99 with ${workers} workers`);
  if (jump.pValue > 0.05) return undecided(`no jump is clearer than chance: p = ${jump.pValue.toFixed(2)}`);
  return within(perWorker(jump.location, workers), 1, 1);
}

/** Tells a place among blockers in blockers a worker. Divided, as many blockers as workers are exactly 1. */
export function perWorker(location: Interval, workers: number): Interval {
  const { estimate, low, high } = location;
  return { ...location, estimate: estimate / workers, low: low / workers, high: high / workers };
}
