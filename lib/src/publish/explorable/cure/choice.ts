import type { ModelledRemedy } from "../../../model/remedied-jobs.ts";
import { isOneOf, partsOf, spelt, wholeNumber } from "../address.ts";

/** What the reader has chosen, as it stands in the page's address. */
export interface CureChoice {
  readonly remedy: ModelledRemedy;
  readonly callers: number;
  readonly seed: number;
}

/** The remedies in the order of the chart, with what the reader calls them. */
export const remedyLabels = [
  ["as-is", "nothing"],
  ["chunked", "cut into ten pieces"],
  ["admission", "one job at a time"],
  ["isolated", "a pool of its own"],
  ["async", "asynchronous"],
] as const satisfies readonly (readonly [ModelledRemedy, string])[];
/** What the reader calls a remedy. */
export function labelOf(remedy: ModelledRemedy): string {
  return remedyLabels.find(([name]) => name === remedy)?.[1] ?? remedy;
}

export const mostCallers = 6;
const remedies = remedyLabels.map(([remedy]) => remedy);
const name = "cure";

/** Spells a choice for the address, as in `#cure:remedy=isolated,callers=6,seed=1`. */
export function addressOf({ remedy, callers, seed }: CureChoice): string {
  return spelt(name, { remedy, callers, seed });
}

/** Reads a choice from an address; null where it holds none, or one that cannot be played. */
export function choiceIn(hash: string): CureChoice | null {
  const parts = partsOf(name, hash);
  const callers = wholeNumber(parts.get("callers"), mostCallers);
  const seed = wholeNumber(parts.get("seed"), 999_999);
  const remedy = parts.get("remedy");
  if (callers === null || seed === null || !isOneOf(remedies, remedy)) return null;
  return { remedy, callers, seed };
}
