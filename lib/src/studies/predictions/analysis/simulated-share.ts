import { mean, sampleStandardDeviation } from "simple-statistics";
import { normalQuantile } from "../../../stats/normal-quantile.ts";
import { confidenceLevel } from "../../../summary/confidence-level.ts";
import { type Estimate, missing } from "../../../summary/estimate.ts";

/** The mean of shares, one a replication, and its standard error. */
export function simulatedShare(shares: number[]) {
  return { share: mean(shares), standardError: sampleStandardDeviation(shares) / Math.sqrt(shares.length) };
}

interface MeasuredShare {
  readonly failureShare: number | null;
  readonly failureLowShare: number | null;
  readonly failureHighShare: number | null;
}

/** What is measured less what is simulated: the errors of both are independent, and their squares add. */
export function offBy(
  { failureShare, failureLowShare, failureHighShare }: MeasuredShare,
  modelShare: number | null,
  modelErrorShare: number | null,
): Estimate {
  if (failureShare === null || modelShare === null || modelErrorShare === null) return missing;
  const simulated = normalQuantile(0.5 + confidenceLevel() / 2) * modelErrorShare;
  const off = failureShare - modelShare;
  const reach = (bound: number) => Math.hypot(bound - failureShare, simulated);
  return {
    estimate: off,
    low: failureLowShare === null ? null : off - reach(failureLowShare),
    high: failureHighShare === null ? null : off + reach(failureHighShare),
  };
}
