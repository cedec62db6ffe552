import { difference } from "../../stats/contrast.ts";
import { meanInterval } from "../../stats/mean-interval.ts";
import { type Estimate, missing } from "../estimate.ts";
import type { ServedAttempt } from "./service-runs.ts";

type Runs = readonly (readonly ServedAttempt[])[];

/** Computes the goodput of a run: answers 200 a second, up to its last answer. */
export function goodputOf(attempts: readonly ServedAttempt[]): number {
  const lastUs = attempts.reduce((last, { beganUs, latencyUs }) => Math.max(last, beganUs + latencyUs), 0);
  const completed = attempts.filter((attempt) => attempt.completed).length;
  return lastUs === 0 ? 0 : (completed / lastUs) * 1e6;
}

/**
 * Estimates by which factor goodput differs between two cells: the ratio of geometric means, its interval from those of
 * the logarithms. Missing where a run completed nothing, without interval for a single run.
 */
export function goodputRatio(treatment: Runs, control: Runs): Estimate {
  const [a, b] = [treatment, control].map((runs) => runs.map((ofRun) => Math.log(goodputOf(ofRun))));
  const logs = [...(a ?? []), ...(b ?? [])];
  if (!a?.length || !b?.length || !logs.every(Number.isFinite)) return missing;
  const [of, over] = [meanInterval(a), meanInterval(b)];
  if (of === null || over === null) return { ...missing, estimate: Math.exp(mean(a) - mean(b)) };
  const { estimate, low, high } = difference(of, over);
  return { estimate: Math.exp(estimate), low: Math.exp(low), high: Math.exp(high) };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
