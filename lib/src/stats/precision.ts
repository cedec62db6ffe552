import type { Interval } from "./interval.ts";

/** How narrow an interval must be: within a factor of 1 ± `within` of the estimate, or within ± `within` of it. */
export type PrecisionRule =
  | { readonly scale: "relative"; readonly within: number }
  | { readonly scale: "absolute"; readonly within: number };

/**
 * The rules fixed before any data: p99 to ± 10 %, as half the width of its interval on the log scale, and a failure rate
 * to ± 2 percentage points. (A tenth of log p99 itself would depend on the unit: of log 10⁶ ns it is a factor of 4.)
 */
export const precisionRules = {
  p99: { scale: "relative", within: 0.1 },
  failureRate: { scale: "absolute", within: 0.02 },
} as const satisfies Record<string, PrecisionRule>;

/**
 * Returns the precision an interval reaches, comparable with `within` of its rule: half its width, on the log scale and
 * turned back into a relative error for a relative rule. Infinity where there is no interval or its bounds are not
 * positive.
 */
export function precisionOf(interval: Interval | null, rule: PrecisionRule): number {
  if (interval === null) return Number.POSITIVE_INFINITY;
  const { low, high } = interval;
  if (rule.scale === "absolute") return (high - low) / 2;
  return low > 0 ? Math.sqrt(high / low) - 1 : Number.POSITIVE_INFINITY;
}

export interface ReplicationState {
  /** Complete replicate blocks so far. */
  readonly replicates: number;
  /** No decision before this many (default 10): a p99 estimated low also looks precise, and from 5 runs on, stopping
   * at such a moment costs the interval 4 points of its coverage. */
  readonly minimum?: number;
  /** No more than this many (default 20). */
  readonly cap?: number;
  /** The primary response of each cell of the design. */
  readonly responses: readonly { readonly interval: Interval | null; readonly rule: PrecisionRule }[];
}

/**
 * Decides whether a campaign needs another replicate block: "precise" once every response is as narrow as its rule,
 * "capped" at the cap, else "continue".
 *
 * Stopping at a width, not at a verdict, favours no claim. It still costs coverage: a 95 % interval of p99 that was
 * stopped after 10 to 20 runs holds the truth in 92–93 % of experiments, against 94–95 % with the number of runs fixed
 * (lib/bench/coverage.ts).
 *
 * @throws RangeError if there is no response to decide on
 * @see https://doi.org/10.1214/aoms/1177700156 Chow & Robbins (1965), fixed-width sequential confidence intervals
 */
export function enoughReplicates({
  replicates,
  minimum = 10,
  cap = 20,
  responses,
}: ReplicationState): "continue" | "precise" | "capped" {
  if (responses.length === 0) throw new RangeError("responses must hold at least one interval; got none");
  if (
    replicates >= minimum &&
    responses.every(({ interval, rule }) => precisionOf(interval, rule) <= rule.within)
  ) {
    return "precise";
  }
  return replicates >= cap ? "capped" : "continue";
}
