import { clusteredProportion } from "./clustered-proportion.ts";
import type { Interval } from "./interval.ts";
import { poolRuns } from "./pooled-runs.ts";
import { quantile } from "./quantile.ts";
import { quantileInterval } from "./quantile-interval.ts";

/** How narrow an interval must be: within a factor of 1 ± `within` of the estimate, or within ± `within` of it. */
export interface PrecisionRule {
  readonly scale: "relative" | "absolute";
  readonly within: number;
  /** No decision before this many valid runs. */
  readonly minimum: number;
}

/**
 * The rules, fixed before the reference data: p99 to ± 10 %, as half the width of its interval on the log scale, and a
 * failure rate to ± 2 percentage points. (A tenth of log p99 itself would depend on the unit: of log 10⁶ ns it is a factor of 4.)
 *
 * The minima come from simulated designs (lib/bench/coverage.ts). A response estimated low also looks precise, and
 * stopping at such a moment costs coverage. A 95 % interval of p99 stopped after 7 to 10 runs holds the truth in 93–94 %
 * of experiments, against 94–95 % with 10 runs always; with a minimum of 5 it would be 90–93 %. A failure rate ends early
 * where it is near 0 or 1 or where runs agree; from 5 runs on its error stays within 2 points as often as from 10 on.
 * Whether rare runs fail as a whole is bounded by the number of runs alone: 5 without a failure leave room for 43 % such
 * runs, 10 for 28 %, 20 for 16 % (`wilsonInterval`).
 */
export const precisionRules = {
  p99: { scale: "relative", within: 0.1, minimum: 7 },
  failureRate: { scale: "absolute", within: 0.02, minimum: 5 },
} as const satisfies Record<string, PrecisionRule>;

/**
 * Returns the precision an interval reaches, comparable with `within` of its rule: half its width, on the log scale and
 * turned back into a relative error for a relative rule. Infinity where there is no interval, a bound of it is
 * open, or its bounds are not positive.
 */
export function precisionOf(interval: Interval | null, rule: PrecisionRule): number {
  if (interval === null) return Number.POSITIVE_INFINITY;
  const { low, high, openLow, openHigh } = interval;
  if (openLow || openHigh) return Number.POSITIVE_INFINITY;
  if (rule.scale === "absolute") return (high - low) / 2;
  return low > 0 ? Math.sqrt(high / low) - 1 : Number.POSITIVE_INFINITY;
}

/** What one valid run contributes to the primary response of its scenario. */
export type RunOutcome =
  | { readonly rule: "p99"; readonly durationsNs: Float64Array }
  | { readonly rule: "failureRate"; readonly failed: number; readonly trials: number };

/** Estimates the primary response of a scenario from its valid runs; null where they carry no interval. */
export function responseInterval(runs: readonly RunOutcome[]): Interval | null {
  const durations = runs.filter((run) => run.rule === "p99").map(({ durationsNs }) => durationsNs);
  if (durations.length > 0) return quantileInterval(poolRuns(durations), 0.99);
  const counts = runs.filter((run) => run.rule === "failureRate");
  return clusteredProportion(
    counts.map(({ failed }) => failed),
    counts.map(({ trials }) => trials),
  );
}

/** Computes the primary response of one run alone: its p99 (ns) or its failure rate; null where it has no samples. */
export function runResponse(run: RunOutcome): number | null {
  if (run.rule === "failureRate") return run.trials > 0 ? run.failed / run.trials : null;
  return quantile(run.durationsNs, 0.99, { minTail: 0 })?.estimate ?? null;
}

/** Computes the precision that a scenario's valid runs reach together; Infinity where they carry no interval. */
export function precisionReached(runs: readonly RunOutcome[]): number {
  const [first] = runs;
  return first ? precisionOf(responseInterval(runs), precisionRules[first.rule]) : Number.POSITIVE_INFINITY;
}

/**
 * Decides whether a scenario is known well enough to need no further replicate: enough valid runs for its rule, and
 * together as precise as the rule asks.
 *
 * Stopping at a width, not at a verdict, favours no claim.
 *
 * @see https://doi.org/10.1214/aoms/1177700156 Chow & Robbins (1965), fixed-width sequential confidence intervals
 */
export function enoughReplicates(runs: readonly RunOutcome[]): boolean {
  const [first] = runs;
  if (first === undefined) return false;
  const rule = precisionRules[first.rule];
  return runs.length >= rule.minimum && precisionReached(runs) <= rule.within;
}
