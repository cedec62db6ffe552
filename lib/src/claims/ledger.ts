import { blameClaims } from "./blame.ts";
import { blockingSourcesClaims } from "./blocking-sources.ts";
import type { Claim } from "./claim.ts";
import { controlsClaims } from "./controls.ts";
import { earlyDetectionClaims } from "./early-detection.ts";
import { failureMechanismsClaims } from "./failure-mechanisms.ts";
import { fixedWorkloadClaims } from "./fixed-workload.ts";
import { httpServiceClaims } from "./http-service.ts";
import { introspectionClaims } from "./introspection.ts";
import { libuvPoolClaims } from "./libuv-pool.ts";
import { loadRampClaims } from "./load-ramp.ts";
import { mutexConvoyClaims } from "./mutex-convoy.ts";
import { predictionClaims } from "./predictions.ts";
import { remediesClaims } from "./remedies.ts";
import { failureClaims } from "./request-timeouts/failures.ts";
import { kneeClaims } from "./request-timeouts/knees.ts";
import { cliffClaims } from "./scheduling-delay/cliff.ts";
import { tailClaims } from "./scheduling-delay/tail.ts";
import { suspensionConvoyClaims } from "./suspension-convoy.ts";
import { workerCountClaims } from "./worker-count.ts";

/** Every claim that a host's data are asked about, in the order of the article. */
export const ledger: readonly Claim[] = [
  ...cliffClaims,
  ...tailClaims,
  ...kneeClaims,
  ...failureClaims,
  ...fixedWorkloadClaims,
  ...loadRampClaims,
  ...workerCountClaims,
  ...failureMechanismsClaims,
  ...blameClaims,
  ...mutexConvoyClaims,
  ...suspensionConvoyClaims,
  ...introspectionClaims,
  ...blockingSourcesClaims,
  ...remediesClaims,
  ...libuvPoolClaims,
  ...httpServiceClaims,
  ...earlyDetectionClaims,
  ...controlsClaims,
  ...predictionClaims,
];
