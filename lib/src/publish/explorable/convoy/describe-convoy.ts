import type { ConvoyChoice } from "./choice.ts";
import { workers } from "./play-convoy.ts";

/** Says in a sentence or two what a choice shows. */
export function describeConvoy({ blockers, lock }: ConvoyChoice): string {
  const held = blockers === workers ? "Every worker is held" : `${blockers} of ${workers} workers are held`;
  if (lock === "none") {
    return blockers === workers
      ? `${held}, and nobody takes a lock. Each task waits for its own polls, and its round is over in time.`
      : `${held}, and nobody takes a lock. Hardly anyone waits.`;
  }
  return blockers === workers
    ? `${held}, and the holder of the lock waits for one at every poll. The line behind it waits for all of that, turn by turn.`
    : `${held}. The holder of the lock gets a free one at once, and no line forms.`;
}
