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

/** Why ours may be higher or lower, by executor design; pinned tasks have their own reason everywhere. */
const reasons: Readonly<Record<Quantity, { readonly higher: string; readonly lower: string }>> = {
  "p99, in blocks": {
    higher: "wake-up: a parked thread has to be woken, where Tokio keeps a worker searching",
    lower:
      "queue discipline and timers: one order and a clock outside the pool, so that a task misses one block",
  },
  "p50, in blocks": {
    higher: "wake-up: a message or a parked thread stands between timer and task",
    lower: "timer: Tokio rounds sleeps up to whole milliseconds, the dispatcher here does not",
  },
  "p99 over its own floor": {
    higher: "timer: the floor here is not rounded up, so that the same delay is a larger multiple of it",
    lower: "dispatch: messages make the healthy p99 large, or a task misses fewer blocks than on Tokio",
  },
  "p50 over its own floor": {
    higher: "timer: a median that Tokio's rounding hides shows on a floor of a tenth of it",
    lower: "dispatch: the healthy median already contains the messages",
  },
  "failure rate by clients": {
    higher: "queue discipline: first in, first out delays everybody alike, local queues let some through",
    lower: "queue discipline: nobody overtakes, so that nobody is overtaken past the deadline",
  },
  "failure rate beside blockers": {
    higher: "queue discipline: every round trip waits for a lap of blocks, and there are many in a request",
    lower: "queue discipline: a request waits for one block at a time, and never for one twice",
  },
  "failure rate of growing load": {
    higher: "dispatch: one thread hands over every wake-up, where Tokio's workers share that work",
    lower: "dispatch: fewer wake-ups reach the workers at a time",
  },
  "scheduled over busy, last worker": {
    higher: "queue discipline: with no worker left, all tasks wait, and none is let through",
    lower: "floor: healthy tasks here are already scheduled for longer than they run",
  },
};

const pinned = "no stealing: a task lives on one event loop and shares its blockers, whoever else is free";

/** Names the element of design that explains a difference; a dash where there is none to explain. */
export function explainDifference(quantity: Quantity, executor: string, difference: Difference): string {
  if (difference === "alike" || difference === "open") return "–";
  return executor === "pinned" && difference === "higher" ? pinned : reasons[quantity][difference];
}
