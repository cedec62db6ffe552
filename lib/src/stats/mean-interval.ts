import type { Interval } from "./interval.ts";
import { studentTQuantile } from "./student-t.ts";

/**
 * Computes the mean of runs with its interval by Student's t over the runs' own means, which are independent where the
 * samples of a run are not. Null with fewer than 2 runs.
 *
 * @param runMeans the mean of each run; runs count alike, as is right where all have the same number of samples
 * @param level nominal coverage
 * @throws TypeError if a mean is not a number
 */
export function meanInterval(runMeans: readonly number[], level = 0.95): Interval | null {
  for (const [run, mean] of runMeans.entries()) {
    if (!Number.isFinite(mean)) throw new TypeError(`mean of run ${run} must be a number; got ${mean}`);
  }
  const runs = runMeans.length;
  if (runs < 2) return null;
  const estimate = runMeans.reduce((sum, mean) => sum + mean, 0) / runs;
  const squares = runMeans.reduce((sum, mean) => sum + (mean - estimate) ** 2, 0);
  const margin = studentTQuantile(0.5 + level / 2, runs - 1) * Math.sqrt(squares / (runs - 1) / runs);
  return { estimate, low: estimate - margin, high: estimate + margin, level, method: "t over runs", runs };
}
