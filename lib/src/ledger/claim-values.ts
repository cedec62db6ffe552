import type { Handed } from "../summary/handed.ts";
import type { ClaimId } from "./claim-ids.ts";
import type { LedgerRow } from "./evaluate-ledger.ts";
import { verdictCounts } from "./verdict-counts.ts";

/** Names what the article cites: verdicts of all claims by number, of those published of Tokio, and of some by name. */
export function claimValues(rows: readonly LedgerRow[]): Handed {
  const { claims, holds, fails, notTestable, asExpected } = verdictCounts(rows);
  const tokio = verdictCounts(rows.filter(({ claim }) => claim.source === "tokio"));
  const expectedToFail = rows.filter(({ claim }) => claim.expected.verdict === "fails").length;
  const verdictOf = (id: ClaimId) => rows.find(({ claim }) => claim.id === id)?.verdict ?? null;
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
    verdictMechanismsDatabaseHealthy: verdictOf("mechanisms-database-healthy"),
    verdictMutexConvoyBelowSaturation: verdictOf("mutex-convoy-below-saturation"),
    verdictMutexConvoyLockWaitGrows: verdictOf("mutex-convoy-lock-wait-grows"),
    verdictMutexConvoyMakesItsOwnBlockers: verdictOf("mutex-convoy-makes-its-own-blockers"),
    verdictHttpServiceOrder: verdictOf("http-service-order"),
    verdictEarlyDetectionProportional: verdictOf("early-detection-proportional"),
  };
}
