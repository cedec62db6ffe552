import type { Claim } from "./claim.ts";
import { cliffClaims } from "./scheduling-delay/cliff.ts";
import { tailClaims } from "./scheduling-delay/tail.ts";

/** Claims of the blocker sweep: what was published of Tokio, tested on the executors here, and our own. */
export const schedulingDelayClaims: readonly Claim[] = [...cliffClaims, ...tailClaims];
