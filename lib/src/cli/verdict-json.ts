import type { LedgerRow } from "../ledger/evaluate-ledger.ts";

/** Spells the verdict on one claim for a program, as commands that measure show it; the level is that of the interval. */
export function verdictJson({ claim, verdict, asExpected, estimate, low, high, level, reason }: LedgerRow) {
  return { id: claim.id, verdict, asExpected, estimate, low, high, level, reason };
}
