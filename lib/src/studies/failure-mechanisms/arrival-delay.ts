import { quantile } from "../../stats/quantile.ts";
import type { MechanismRecords } from "./observe-mechanism.ts";

/** p99 of how late operations started (ns): what the main thread, not the pool, did to them. */
export function arrivalDelayP99({ operations }: Pick<MechanismRecords, "operations">): number | null {
  const delays = operations.map(({ beganNs, intendedNs }) => beganNs - intendedNs);
  const p99 = quantile(delays, 0.99, { minTail: 1 });
  return p99 === null ? null : Math.round(p99.estimate);
}
