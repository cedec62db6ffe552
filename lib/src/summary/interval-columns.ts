import type { Estimate } from "./estimate.ts";

/**
 * Spreads an estimate over three fields that carry its name and unit: `p99Ms`, `p99LowMs`, `p99HighMs`. A bound that is
 * only the end of a small sample is none, and null.
 *
 * @param scale what one unit of the estimate is in the unit of the field, as 1e-6 for nanoseconds in `Ms`
 */
export function intervalColumns<Name extends string, Unit extends string>(
  name: Name,
  unit: Unit,
  { estimate, low, high, openLow, openHigh }: Estimate,
  scale = 1,
): Record<`${Name}${"" | "Low" | "High"}${Unit}`, number | null> {
  const scaled = (value: number | null) => (value === null ? null : value * scale);
  return {
    [`${name}${unit}`]: scaled(estimate),
    [`${name}Low${unit}`]: openLow ? null : scaled(low),
    [`${name}High${unit}`]: openHigh ? null : scaled(high),
  } as Record<`${Name}${"" | "Low" | "High"}${Unit}`, number | null>;
}

/** Names the fields of an estimate and of its interval, as `intervalColumns` spreads them. */
export function intervalNames<Name extends string, Unit extends string>(
  name: Name,
  unit: Unit,
): readonly [`${Name}${Unit}`, `${Name}Low${Unit}`, `${Name}High${Unit}`] {
  return [`${name}${unit}`, `${name}Low${unit}`, `${name}High${unit}`];
}
