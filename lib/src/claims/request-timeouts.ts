import type { Claim } from "./claim.ts";
import { failureClaims } from "./request-timeouts/failures.ts";
import { kneeClaims } from "./request-timeouts/knees.ts";

/** Claims of the concurrency sweep: what was published of Tokio, tested on the executors here, and our own. */
export const requestTimeoutsClaims: readonly Claim[] = [...kneeClaims, ...failureClaims];
