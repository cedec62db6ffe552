import type { Estimate } from "../../summary/estimate.ts";

/** An estimate between two bounds. */
export interface ClosedInterval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

/** Takes an estimate whose interval is closed on both sides, by numbers that are finite; null where it is not. */
export function closedInterval({ estimate, low, high, openLow, openHigh }: Estimate): ClosedInterval | null {
  if (estimate === null || low === null || high === null || openLow || openHigh) return null;
  return [estimate, low, high].every(Number.isFinite) ? { estimate, low, high } : null;
}
