import type { Estimate } from "../summary/estimate.ts";

export type Verdict = "holds" | "fails" | "not testable here";

/** A verdict on one host, with the estimate it rests on and what that estimate is. */
export interface Judgement extends Estimate {
  readonly verdict: Verdict;
  readonly reason: string;
}

/**
 * Judges that an estimate is at least the bound: it holds if the whole interval is, fails if none of it is. An interval
 * that spans the bound, or no interval at all, decides nothing.
 */
export function atLeast(estimate: Estimate, bound: number): Judgement {
  return judge(
    estimate,
    ({ low }) => low >= bound,
    ({ high }) => high < bound,
    `at least ${bound}`,
  );
}

/** Judges that an estimate is at most the bound, as `atLeast` does. */
export function atMost(estimate: Estimate, bound: number): Judgement {
  return judge(
    estimate,
    ({ high }) => high <= bound,
    ({ low }) => low > bound,
    `at most ${bound}`,
  );
}

/** Judges that an estimate lies within bounds: all of its interval inside, or all of it on one side outside. */
export function within(estimate: Estimate, from: number, to: number): Judgement {
  return judge(
    estimate,
    ({ low, high }) => low >= from && high <= to,
    ({ low, high }) => high < from || low > to,
    `from ${from} to ${to}`,
  );
}

/** Decides nothing, for a reason that the data do not show, such as a level that was not measured. */
export function undecided(reason: string): Judgement {
  return { estimate: null, low: null, high: null, verdict: "not testable here", reason };
}

/** All of several parts must hold; one that fails decides, else one that is not testable. The estimate is that part's. */
export function allOf(first: Judgement, ...others: readonly Judgement[]): Judgement {
  const parts = [first, ...others];
  return (
    parts.find(({ verdict }) => verdict === "fails") ??
    parts.find(({ verdict }) => verdict === "not testable here") ??
    first
  );
}

interface Bounds {
  readonly low: number;
  readonly high: number;
}

function judge(
  estimate: Estimate,
  holds: (bounds: Bounds) => boolean,
  fails: (bounds: Bounds) => boolean,
  margin: string,
): Judgement {
  const low = estimate.openLow ? Number.NEGATIVE_INFINITY : estimate.low;
  const high = estimate.openHigh ? Number.POSITIVE_INFINITY : estimate.high;
  if (estimate.estimate === null || Number.isNaN(estimate.estimate)) {
    return {
      ...estimate,
      verdict: "not testable here",
      reason: estimate.why ?? "the data do not carry the estimate",
    };
  }
  if (low === null || high === null || !(low <= high)) {
    return { ...estimate, verdict: "not testable here", reason: "too few runs for an interval" };
  }
  if (holds({ low, high })) return { ...estimate, verdict: "holds", reason: `the interval is ${margin}` };
  if (fails({ low, high })) return { ...estimate, verdict: "fails", reason: `the interval is not ${margin}` };
  return { ...estimate, verdict: "not testable here", reason: `the interval spans the margin: ${margin}` };
}
