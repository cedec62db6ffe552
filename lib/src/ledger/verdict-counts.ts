import type { LedgerRow } from "./evaluate-ledger.ts";

/** How many claims a host's data support, contradict and leave open. */
export interface VerdictCounts {
  readonly claims: number;
  readonly holds: number;
  readonly fails: number;
  readonly notTestable: number;
  /** Verdicts that are the expected ones. */
  readonly asExpected: number;
}

/** Counts verdicts. */
export function verdictCounts(rows: readonly LedgerRow[]): VerdictCounts {
  const count = (test: (row: LedgerRow) => boolean) => rows.filter(test).length;
  return {
    claims: rows.length,
    holds: count(({ verdict }) => verdict === "holds"),
    fails: count(({ verdict }) => verdict === "fails"),
    notTestable: count(({ verdict }) => verdict === "not testable here"),
    asExpected: count(({ asExpected }) => asExpected === true),
  };
}
