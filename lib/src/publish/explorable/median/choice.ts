import { isOneOf, partsOf, spelt, wholeNumber } from "../address.ts";

/** How long blockers go on. */
export interface MedianDesign {
  readonly blocks: (typeof blockings)[number];
}

/** What the reader has chosen: which quantile a dashboard shows, by its place among `quantiles`. */
export interface MedianChoice extends MedianDesign {
  readonly quantile: number;
}

export const blockings = ["five", "endless"] as const;
/** Quantiles that a dashboard may show, in percent. */
export const quantiles = [50, 75, 90, 95, 99, 99.9] as const;
const name = "median";

/** Spells a choice for the address, as in `#median:quantile=4,blocks=five`. */
export function addressOf({ quantile, blocks }: MedianChoice): string {
  return spelt(name, { quantile, blocks });
}

/** Reads a choice from an address; null where it holds none, or one that there is not. */
export function choiceIn(hash: string): MedianChoice | null {
  const parts = partsOf(name, hash);
  const quantile = wholeNumber(parts.get("quantile"), quantiles.length - 1);
  const blocks = parts.get("blocks");
  return quantile === null || !isOneOf(blockings, blocks) ? null : { quantile, blocks };
}
