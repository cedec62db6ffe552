import { isOneOf, partsOf, spelt, wholeNumber } from "../address.ts";

/** What the reader has chosen, as it stands in the page's address. */
export interface ConvoyChoice {
  readonly blockers: number;
  readonly lock: (typeof locks)[number];
  readonly seed: number;
}

export const mostBlockers = 4;
const locks = ["fair", "none"] as const;
const name = "convoy";

/** Spells a choice for the address, as in `#convoy:blockers=4,lock=fair,seed=1`. */
export function addressOf({ blockers, lock, seed }: ConvoyChoice): string {
  return spelt(name, { blockers, lock, seed });
}

/** Reads a choice from an address; null where it holds none, or one that cannot be played. */
export function choiceIn(hash: string): ConvoyChoice | null {
  const parts = partsOf(name, hash);
  const blockers = wholeNumber(parts.get("blockers"), mostBlockers);
  const seed = wholeNumber(parts.get("seed"), 999_999);
  const lock = parts.get("lock");
  if (blockers === null || seed === null || !isOneOf(locks, lock)) return null;
  return { blockers, lock, seed };
}
