import type { Handed } from "../analysis/handed.ts";
import type { LedgerRow } from "./evaluate-ledger.ts";
import { verdictCounts } from "./verdict-counts.ts";

/** Names the numbers that the article cites: verdicts of all claims, and of those published of Tokio. */
export function claimValues(rows: readonly LedgerRow[]): Handed {
  const { claims, holds, fails, notTestable, asExpected } = verdictCounts(rows);
  const tokio = verdictCounts(rows.filter(({ claim }) => claim.source === "tokio"));
  const expectedToFail = rows.filter(({ claim }) => claim.expected.verdict === "fails").length;
  return {
    claims,
    holds,
    fails,
    notTestable,
    asExpected,
    decided: holds + fails,
    expectedToFail,
    tokioClaims: tokio.claims,
    tokioHolds: tokio.holds,
    tokioFails: tokio.fails,
  };
}
