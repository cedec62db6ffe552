import { confidenceLevel } from "../summary/confidence-level.ts";
import type { Estimate } from "../summary/estimate.ts";

export type Verdict = "holds" | "fails" | "not testable here";

/** A verdict on one host, with the estimate it rests on and what that estimate is. */
export interface Judgement extends Estimate {
  readonly verdict: Verdict;
  readonly reason: string;
  /** Nominal coverage of the interval, 95 % but where data were looked at more than once; absent without an interval. */
  readonly level?: number;
  /**
   * The distance of the interval's bound from the estimate over that of the margin: at most 1 where the interval decides, and
   * else by how much it is too wide; absent without an interval.
   */
  readonly strain?: number;
  /** Of a claim of several parts: the one that is shown, and how many there are of each verdict. */
  readonly parts?: Parts;
}

/** Which part of a claim is shown, of how many. */
export interface Parts {
  readonly shown: string;
  readonly hold: number;
  readonly fail: number;
  readonly open: number;
}

/**
 * Judges that an estimate is at least the bound: it holds if the whole interval is, fails if none of it is. An interval
 * that spans the bound, or no interval at all, decides nothing.
 */
export function atLeast(estimate: Estimate, bound: number): Judgement {
  return judge(estimate, bound, Number.POSITIVE_INFINITY, `at least ${bound}`);
}

/** Judges that an estimate is at most the bound, as `atLeast` does. */
export function atMost(estimate: Estimate, bound: number): Judgement {
  return judge(estimate, Number.NEGATIVE_INFINITY, bound, `at most ${bound}`);
}

/** Judges that an estimate lies within bounds: all of its interval inside, or all of it on one side outside. */
export function within(estimate: Estimate, from: number, to: number): Judgement {
  return judge(estimate, from, to, `from ${from} to ${to}`);
}

/** Decides nothing, for a reason that the data do not show, such as a level that was not measured. */
export function undecided(reason: string): Judgement {
  return { estimate: null, low: null, high: null, verdict: "not testable here", reason };
}

/**
 * All of several named parts must hold; one that fails decides, else one that is not testable. The estimate is that of the
 * worst part: of those that fail the clearest, of those that are open the farthest from a verdict, of those that hold the one
 * nearest to its margin. How many others there are is said beside it.
 */
export function allOf(parts: Readonly<Record<string, Judgement>>): Judgement {
  const named = Object.entries(parts);
  const of = (verdict: Verdict) => named.filter(([, part]) => part.verdict === verdict);
  const [holding, failing, open] = [of("holds"), of("fails"), of("not testable here")];
  const worst =
    named.length === 0
      ? undefined
      : failing.length > 0
        ? least(failing, strainOf)
        : least(open.length > 0 ? open : holding, (part) => -strainOf(part));
  if (worst === undefined) return undecided("no part of it was measured");
  const [shown, judgement] = worst;
  const counts = { hold: holding.length, fail: failing.length, open: open.length };
  return {
    ...judgement,
    reason: `${shown}, the worst of ${named.length} parts (${describe(counts)}): ${judgement.reason}`,
    parts: { shown, ...counts },
  };
}

function strainOf({ strain }: Judgement): number {
  return strain ?? Number.POSITIVE_INFINITY;
}

function least(
  parts: readonly [string, Judgement][],
  by: (part: Judgement) => number,
): [string, Judgement] | undefined {
  return parts.toSorted(([, a], [, b]) => (by(a) < by(b) ? -1 : Number(by(a) > by(b)))).at(0);
}

function describe({ hold, fail, open }: Omit<Parts, "shown">): string {
  return [
    [hold, hold === 1 ? "holds" : "hold"],
    [fail, fail === 1 ? "fails" : "fail"],
    [open, open === 1 ? "is open" : "are open"],
  ]
    .flatMap(([count, word]) => (count === 0 ? [] : [`${count} ${word}`]))
    .join(", ");
}

function judge(estimate: Estimate, from: number, to: number, margin: string): Judgement {
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
  const strain = strainBetween({ at: estimate.estimate, low, high }, from, to);
  const judged = { ...estimate, level: confidenceLevel(), strain };
  if (low >= from && high <= to) return { ...judged, verdict: "holds", reason: `the interval is ${margin}` };
  if (high < from || low > to) {
    return { ...judged, verdict: "fails", reason: `the interval is not ${margin}` };
  }
  return { ...judged, verdict: "not testable here", reason: `the interval spans the margin: ${margin}` };
}

interface Bounds {
  readonly at: number;
  readonly low: number;
  readonly high: number;
}

/** Inside the margin both of its ends must lie beyond the interval; outside, the nearer one. */
function strainBetween({ at, low, high }: Bounds, from: number, to: number): number {
  const below = at < from ? share(high - at, from - at) : 0;
  const above = at > to ? share(at - low, at - to) : 0;
  if (below > 0 || above > 0) return Math.max(below, above);
  return Math.max(share(at - low, at - from), share(high - at, to - at));
}

/** Of nothing everything is too much, and an end that is nowhere is far enough. */
function share(reach: number, distance: number): number {
  if (distance === Number.POSITIVE_INFINITY) return 0;
  if (reach === 0) return 0;
  return distance === 0 ? Number.POSITIVE_INFINITY : reach / distance;
}
