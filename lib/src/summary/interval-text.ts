import { levelText, usualLevel } from "./confidence-level.ts";
import type { Estimate } from "./estimate.ts";
import { rangeText } from "./range-text.ts";
import { threeDigits } from "./three-digits.ts";

/**
 * Spells an estimate with its interval as `0.811 (0.808 to 0.821)`, "or less" and "or more" where it is open, `(0.808 or
 * more)` where it has no other end, and with the interval's coverage where that is not the usual one:
 * `0.811 (0.806 to 0.823, 98.7 %)`; null without an estimate.
 *
 * @param level nominal coverage of the interval
 */
export function intervalText(
  { estimate, low, high, openLow, openHigh }: Estimate,
  level = usualLevel,
): string | null {
  if (estimate === null) return null;
  const both = low !== null && high !== null;
  // An open end without another bounds nothing.
  const end = (bound: number | null, open: boolean | undefined, beyond: string) =>
    bound === null || (open && !both) ? null : `${threeDigits(bound)}${open ? beyond : ""}`;
  const range = rangeText(end(low, openLow, " or less"), end(high, openHigh, " or more"));
  if (range === null) return threeDigits(estimate);
  const coverage = level === usualLevel ? "" : `, ${levelText(level)}`;
  return `${threeDigits(estimate)} (${range}${coverage})`;
}
