import type { Estimate } from "./estimate.ts";
import { threeDigits } from "./three-digits.ts";

/** Spells an estimate with its interval as `0.811 (0.808 to 0.821)`, "or less" and "or more" where it is open; null without one. */
export function intervalText({ estimate, low, high, openLow, openHigh }: Estimate): string | null {
  if (estimate === null) return null;
  if (low === null || high === null) return threeDigits(estimate);
  const [from, to] = [openLow ? " or less" : "", openHigh ? " or more" : ""];
  return `${threeDigits(estimate)} (${threeDigits(low)}${from} to ${threeDigits(high)}${to})`;
}
