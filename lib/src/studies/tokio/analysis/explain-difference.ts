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

/** A point whose values differ: on which executor, and whether every worker is blocked there. */
export interface Differing {
  readonly quantity: Quantity;
  readonly executor: string;
  readonly saturated: boolean;
}

const noStealing =
  "no stealing: a task lives on one event loop and shares its blockers, whoever else is free";
const oneBlock = "queue discipline and timers: a task misses one block here, and several on Tokio";
const noRounding = "timers: Tokio rounds sleeps up to whole milliseconds, timers here do not";
const lowFloor = "timers: what Tokio's rounding hides shows on a floor that is not rounded up";
const hardlyWait =
  "floor: with one worker left tasks here hardly wait, while Tokio's waited for long already";
const messages = "dispatch: every wake-up is a message there and back";
const oneDispatcher = "dispatch: one thread hands over every wake-up, Tokio's workers share that work";
const fair = "queue discipline: first in, first out delays everybody alike, local queues let some through";
const fairLower = "queue discipline: nobody overtakes, so that nobody is overtaken past the deadline";

/** Why ours are lower or higher, by executor design. */
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

/** Names the element of design that explains a difference; a dash where there is none to explain. */
export function explainDifference(point: Differing, difference: Difference): string {
  if (difference === "alike" || difference === "open") return "–";
  if (point.executor === "pinned" && difference === "higher") return noStealing;
  return reasons[point.quantity][difference](point);
}
