import type { CureChoice } from "./choice.ts";

const stories: Readonly<Record<CureChoice["remedy"], string>> = {
  "as-is": "Two workers, and whoever is due behind the jobs waits for all of those that came before.",
  chunked:
    "Each piece goes to the tail of the queue. Everyone waits for a piece of each job, not for whole jobs.",
  admission: "One worker is never given to a job. Nobody else waits, and the jobs get half of what there is.",
  isolated: "The jobs have two workers of their own. They wait for each other, and nobody else does.",
  async: "A job is a timer and holds nobody. This works for what can be asked asynchronously.",
};

/** Says in a sentence or two what a choice shows. */
export function describeCure({ remedy, callers }: CureChoice): string {
  if (callers === 0) return "Nobody sends a job. A worker is always free.";
  if (remedy === "as-is" && callers === 1) return "One job at a time, and the other worker serves everybody.";
  return stories[remedy];
}
