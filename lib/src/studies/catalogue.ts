// Written by `scheduling-safety generate` from the folders beside it; do not edit.
import { beyondCores } from "./beyond-cores/index.ts";
import { blame } from "./blame/index.ts";
import { blockingSources } from "./blocking-sources/index.ts";
import { controls } from "./controls/index.ts";
import { earlyDetection } from "./early-detection/index.ts";
import { failureMechanisms } from "./failure-mechanisms/index.ts";
import { fixedWorkload } from "./fixed-workload/index.ts";
import { httpService } from "./http-service/index.ts";
import { introspection } from "./introspection/index.ts";
import { libuvPool } from "./libuv-pool/index.ts";
import { loadRamp } from "./load-ramp/index.ts";
import { mutexConvoy } from "./mutex-convoy/index.ts";
import { otherPools } from "./other-pools/index.ts";
import { predictions } from "./predictions/index.ts";
import { remedies } from "./remedies/index.ts";
import { requestTimeouts } from "./request-timeouts/index.ts";
import { schedulingDelay } from "./scheduling-delay/index.ts";
import { simulatedPools } from "./simulated-pools/index.ts";
import { suspensionConvoy } from "./suspension-convoy/index.ts";
import { tokio } from "./tokio/index.ts";
import { tokioDelay } from "./tokio-delay/index.ts";
import { tokioMutexConvoy } from "./tokio-mutex-convoy/index.ts";
import { tokioRequests } from "./tokio-requests/index.ts";
import { tokioSuspensionConvoy } from "./tokio-suspension-convoy/index.ts";
import { watch } from "./watch/index.ts";
import { workerCount } from "./worker-count/index.ts";
import type { Study } from "./study.ts";

export { beyondCores, blame, blockingSources, controls, earlyDetection, failureMechanisms, fixedWorkload, httpService, introspection, libuvPool, loadRamp, mutexConvoy, otherPools, predictions, remedies, requestTimeouts, schedulingDelay, simulatedPools, suspensionConvoy, tokio, tokioDelay, tokioMutexConvoy, tokioRequests, tokioSuspensionConvoy, watch, workerCount };

/** Every study, in the order of the article. */
export const studies: readonly Study[] = [schedulingDelay, requestTimeouts, fixedWorkload, loadRamp, workerCount, otherPools, beyondCores, failureMechanisms, blame, mutexConvoy, suspensionConvoy, introspection, watch, blockingSources, remedies, libuvPool, httpService, earlyDetection, controls, predictions, simulatedPools, tokioDelay, tokioRequests, tokioMutexConvoy, tokioSuspensionConvoy, tokio];
