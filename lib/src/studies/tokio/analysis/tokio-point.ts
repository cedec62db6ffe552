import type { Estimate } from "../../../summary/estimate.ts";
import { intervalColumns } from "../../../summary/interval-columns.ts";
import { type Difference, explainDifference, type Quantity } from "./explain-difference.ts";

/** One published value beside ours on one executor, both free of scale. */
export interface TokioPoint {
  readonly experiment: string;
  readonly quantity: Quantity;
  /** Where on the sweep, in words: "3 of 4 workers blocked, 50 tasks". */
  readonly at: string;
  /** The same as columns, for figures. */
  readonly levels: Readonly<Record<string, number>>;
  readonly executor: string;
  /** Whether every worker is blocked there. */
  readonly saturated: boolean;
  readonly tokio: Estimate;
  readonly ours: Estimate;
  /** How the two are compared: by their ratio, or by their difference where they are shares. */
  readonly by: "ratio" | "points";
}

/** Two values are alike within this factor, or within so many percentage points. */
const alikeFactor = 1.25;
const alikePoints = 0.05;

/** Lays out one point as a row: both values with their bounds, how far they are apart, and what explains it. */
export function pointRow({ tokio, ours, levels, ...point }: TokioPoint) {
  const difference = differenceOf(tokio, ours, point.by);
  return {
    ...point,
    ...levels,
    ...intervalColumns("tokio", "", tokio),
    ...intervalColumns("ours", "", ours),
    ...intervalColumns("apart", "", apart(tokio, ours, point.by)),
    difference,
    why: explainDifference(point, difference),
  };
}

/** Ours over theirs, or ours less theirs; the interval is ours, theirs being the middle of what was published. */
function apart(tokio: Estimate, ours: Estimate, by: TokioPoint["by"]): Estimate {
  const base = tokio.estimate;
  const from = (value: number | null) => {
    if (value === null || base === null) return null;
    return by === "points" ? value - base : value / base;
  };
  return { estimate: from(ours.estimate), low: from(ours.low), high: from(ours.high) };
}

function differenceOf(tokio: Estimate, ours: Estimate, by: TokioPoint["by"]): Difference {
  if (tokio.low === null || tokio.high === null || ours.low === null || ours.high === null) return "open";
  const [least, most] =
    by === "points"
      ? [tokio.low - alikePoints, tokio.high + alikePoints]
      : [tokio.low / alikeFactor, tokio.high * alikeFactor];
  if (ours.low > most) return "higher";
  if (ours.high < least) return "lower";
  return ours.low >= least && ours.high <= most ? "alike" : "open";
}
