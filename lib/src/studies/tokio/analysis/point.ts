import type { ExecutorName } from "../../../executor/executors.ts";
import type { Estimate } from "../../../summary/estimate.ts";
import { intervalColumns } from "../../../summary/interval-columns.ts";
import type { PublishedExperiment } from "./published.ts";

/** What is compared, in terms free of scale. */
export type Quantity =
  | "p99, in blocks"
  | "p50, in blocks"
  | "p99 over its own floor"
  | "p50 over its own floor"
  | "failure rate by clients"
  | "failure rate beside blockers"
  | "failure rate of growing load"
  | "scheduled over busy, last worker";

/** Ours against Tokio's: alike within the margin, surely above or below it, or not decided by the interval. */
export type Difference = "alike" | "higher" | "lower" | "open";

/** One published value beside ours on one executor, both free of scale. */
export interface TokioPoint<Levels extends object = object> {
  readonly experiment: PublishedExperiment;
  readonly quantity: Quantity;
  /** Where on the sweep, in words: "3 of 4 workers blocked, 50 tasks". */
  readonly at: string;
  /** The same as columns, for figures. */
  readonly levels: Levels;
  readonly executor: ExecutorName;
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

/** What the table of any of the comparisons has, one row. */
export type TokioRow = ReturnType<typeof pointRow<object>>;

/** Lays out one point as a row: both values with their bounds, how far they are apart, and what may explain it. */
export function pointRow<Levels extends object>({ tokio, ours, levels, ...point }: TokioPoint<Levels>) {
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

/** A point whose values differ: on which executor, and whether every worker is blocked there. */
export interface Differing {
  readonly quantity: Quantity;
  readonly executor: ExecutorName;
  readonly saturated: boolean;
}

const noStealing =
  "no stealing: a task lives on one event loop and shares its blockers, whoever else is free";
const oneBlock = "queue discipline and timers: a task misses one block here, and several on Tokio";
const noRounding = "timers: Tokio rounds sleeps up to whole milliseconds, timers here do not";
const lowFloor = "timers: what Tokio's rounding hides shows on a floor that is not rounded up";
const hardlyWait =
  "floor: with one worker left tasks here wait for little, while Tokio's waited for long already";
const messages = "dispatch: every wake-up is a message there and back";
const oneDispatcher = "dispatch: one thread hands over every wake-up, Tokio's workers share that work";
const fair = "queue discipline: first in, first out delays everybody alike, local queues let some through";
const fairLower = "queue discipline: nobody overtakes, so that nobody is overtaken past the deadline";

/** Why ours may be lower or higher, by executor design: candidates, since machine and parameters differ too. */
const reasons: Readonly<
  Record<Quantity, Readonly<Record<"higher" | "lower", (point: Differing) => string>>>
> = {
  "p99, in blocks": {
    higher: ({ executor, saturated }) =>
      executor === "piscina" ? messages : saturated ? fair : oneDispatcher,
    lower: ({ saturated }) => (saturated ? oneBlock : noRounding),
  },
  "p50, in blocks": {
    higher: ({ executor }) => (executor === "piscina" ? messages : oneDispatcher),
    lower: () => noRounding,
  },
  "p99 over its own floor": {
    higher: () => lowFloor,
    lower: ({ executor }) => (executor === "piscina" ? messages : oneBlock),
  },
  "p50 over its own floor": { higher: () => lowFloor, lower: () => oneDispatcher },
  "failure rate by clients": { higher: () => fair, lower: () => fairLower },
  "failure rate beside blockers": { higher: () => fair, lower: () => fairLower },
  "failure rate of growing load": { higher: () => oneDispatcher, lower: () => fairLower },
  "scheduled over busy, last worker": { higher: () => hardlyWait, lower: () => oneDispatcher },
};

/** Names the element of design that may explain a difference; a dash where there is none to explain. */
export function explainDifference(point: Differing, difference: Difference): string {
  if (difference === "alike" || difference === "open") return "–";
  if (point.executor === "pinned" && difference === "higher") return noStealing;
  return reasons[point.quantity][difference](point);
}
