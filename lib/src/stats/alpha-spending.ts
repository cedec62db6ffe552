import { normalQuantile } from "./normal-quantile.ts";
import { normalTail } from "./normal-tail.ts";

/** How much of the error rate of one side may be spent once a share of all information is in: from 0 at 0 to all at 1. */
export type AlphaSpending = (share: number, alpha: number) => number;

/**
 * Spends hardly anything early, as the bounds of O'Brien and Fleming do: the last look decides almost as if it were the
 * only one.
 *
 * @see https://doi.org/10.1093/biomet/70.3.659 Lan & DeMets (1983), Discrete sequential boundaries for clinical trials
 */
export const obrienFleming: AlphaSpending = (share, alpha) =>
  share <= 0 ? 0 : 2 * normalTail(normalQuantile(1 - alpha / 2) / Math.sqrt(share));

/** Spends about evenly, as the bounds of Pocock do: every look decides by about the same level. */
export const pocock: AlphaSpending = (share, alpha) => alpha * Math.log(1 + (Math.E - 1) * share);
