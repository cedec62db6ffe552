import { isOneOf, partsOf, spelt, wholeNumber } from "../address.ts";

/** What the reader has chosen, as it stands in the page's address. */
export interface PoolChoice {
  readonly blockers: number;
  readonly executor: (typeof executors)[number];
  readonly seed: number;
}

export const mostBlockers = 6;
const executors = ["run-queue", "pinned"] as const;
const name = "pool";

/** Spells a choice for the address, as in `#pool:blockers=4,executor=run-queue,seed=1`. */
export function addressOf({ blockers, executor, seed }: PoolChoice): string {
  return spelt(name, { blockers, executor, seed });
}

/** Reads a choice from an address; null where it holds none, or one that cannot be played. */
export function choiceIn(hash: string): PoolChoice | null {
  const parts = partsOf(name, hash);
  const blockers = wholeNumber(parts.get("blockers"), mostBlockers);
  const seed = wholeNumber(parts.get("seed"), 999_999);
  const executor = parts.get("executor");
  if (blockers === null || seed === null || !isOneOf(executors, executor)) return null;
  return { blockers, executor, seed };
}
