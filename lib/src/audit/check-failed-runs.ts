import { brokenRules, frozen, isByHarness } from "../tables/validity.ts";
import type { RunOfTable } from "./run-of-table.ts";

/** What only a run's own process can tell. */
const conditions = [
  "stealShare",
  "pressureShare",
  "otherCpuShare",
  "dispatcherDelayP99Ns",
  "canaryLateP99Ns",
  "canaryLateMaxNs",
  "stallLongestNs",
  "stallShare",
  "suspendedMs",
  "gcMainCount",
  "gcWorkersCount",
];

/**
 * Checks what the harness says of a run that failed against what the run left: one that crashed, was killed or could not
 * measure has no samples, and any other has some, or says that it lost them.
 *
 * @param samples how many the run has
 */
export function checkFailed(row: RunOfTable, samples: number): string | null {
  const { invalidReason, lostSamples, wallMs } = row;
  const reason = invalidReason === null ? null : String(invalidReason);
  const rules = reason === null ? [] : brokenRules(reason);
  const [rule] = rules.filter(isByHarness);
  if (reason === null || rule === undefined || reason === frozen) {
    return samples === 0 && lostSamples === 0 ? "has no samples, and lost none" : null;
  }
  if (rules.length > 1 || rule === "frozen") return `is invalid for ${reason}, which no campaign writes`;
  if (samples > 0) return `is invalid for ${reason}, and has ${samples} samples`;
  if (lostSamples !== 0 || row["dispatcherDelayP99Ns"] !== null)
    return `is invalid for ${reason}, and tells what it measured`;
  if (rule !== "crash" && rule !== "time limit") return null;
  const told = conditions.find((name) => (row[name] ?? null) !== null);
  if (told !== undefined) return `is invalid for ${reason}, and tells its ${told}`;
  const written =
    rule === "crash"
      ? /^crash: (SIG[A-Z0-9]+|exit code \S+)$/.test(reason)
      : reason === `time limit: killed after ${Math.round(Number(wallMs))} ms`;
  return written ? null : `is invalid for ${reason}, which no campaign writes of a run of ${wallMs} ms`;
}
