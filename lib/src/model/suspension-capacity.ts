/** A lock that is taken again and again; times in ms. */
export interface SuspendedLock {
  /** Time for which one turn needs the lock, hand-over included. */
  readonly holdMs: number;
  /** Time for which the holder waits for something else before it goes on. */
  readonly suspensionMs: number;
}

/**
 * Returns how often a lock can be taken (turns a ms) if its holder waits with it: 1 / (hold + suspension). A holder that
 * gives the lock back before it waits leaves 1 / hold, whatever the wait.
 *
 * A lock is a server that serves one at a time, so its capacity is one over its service time, and whatever happens under
 * it is service.
 *
 * @throws RangeError if a turn takes no time
 * @see https://doi.org/10.1145/356733.356735 Denning & Buzen (1978), the operational analysis of queueing networks
 */
export function lockCapacity(waits: "holding" | "released", { holdMs, suspensionMs }: SuspendedLock): number {
  const turnMs = waits === "holding" ? holdMs + suspensionMs : holdMs;
  if (!(turnMs > 0)) throw new RangeError(`a turn must take some time; got ${turnMs} ms`);
  return 1 / turnMs;
}

/**
 * Returns how long a turn waits for the slot of a channel of capacity 1, whose consumer takes `consumeMs` for an event
 * (ms), if every turn works for `holdMs` and then sends `events` of them.
 *
 *     consumption │──────────│──────────│──────────│      one after the other while the channel is the slower part
 *     turn        │hold│ waits and sends           │      its own work lies within the consumption of earlier events
 *
 * so what the turn waits is what its events' consumption leaves of it, and the turn lasts max(hold, events · consume).
 * If the sender is the slower part, it still waits for all of its events but two: one goes to the idle consumer at once
 * and one into the slot.
 */
export function slotSuspensionMs(consumeMs: number, holdMs: number, events = 1): number {
  return Math.max(events * consumeMs - holdMs, Math.max(0, events - 2) * consumeMs, 0);
}
