import { type Handed, pascal } from "../summary/handed.ts";
import type { LedgerRow } from "./evaluate-ledger.ts";
import { verdictCounts } from "./verdict-counts.ts";

/** Claims whose verdict the prose names. */
const named = [
  "early-detection-proportional",
  "http-service-order",
  "mechanisms-database-healthy",
  "mutex-convoy-below-saturation",
  "mutex-convoy-lock-wait-grows",
  "mutex-convoy-makes-its-own-blockers",
];

/** Names what the article cites: verdicts of all claims by number, of those published of Tokio, and of some by name. */
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
    ...Object.fromEntries(
      rows
        .filter(({ claim }) => named.includes(claim.id))
        .map(({ claim, verdict }) => [`verdict${pascal(claim.id)}`, verdict]),
    ),
  };
}
