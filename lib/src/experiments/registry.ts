import { blame } from "./blame.ts";
import { blockingSources } from "./blocking-sources.ts";
import { controls } from "./controls.ts";
import { earlyDetection } from "./early-detection.ts";
import type { Experiment } from "./experiment.ts";
import { failureMechanisms } from "./failure-mechanisms.ts";
import { fixedWorkload } from "./fixed-workload.ts";
import { httpService } from "./http-service.ts";
import { introspection } from "./introspection.ts";
import { libuvPool } from "./libuv-pool.ts";
import { loadRamp } from "./load-ramp.ts";
import { mutexConvoy } from "./mutex-convoy.ts";
import { remedies } from "./remedies.ts";
import { requestTimeouts } from "./request-timeouts.ts";
import { schedulingDelay } from "./scheduling-delay.ts";
import { suspensionConvoy } from "./suspension-convoy.ts";
import { workerCount } from "./worker-count.ts";

const inArticleOrder: readonly ((workerCounts?: readonly number[]) => Experiment)[] = [
  schedulingDelay,
  requestTimeouts,
  fixedWorkload,
  loadRamp,
  workerCount,
  failureMechanisms,
  blame,
  mutexConvoy,
  suspensionConvoy,
  introspection,
  blockingSources,
  remedies,
  libuvPool,
  httpService,
  earlyDetection,
  controls,
];

/**
 * Declares every experiment of the study, in the order of the article; each at its own default worker counts unless
 * others are given.
 */
export function declareExperiments(workerCounts?: readonly number[]): readonly Experiment[] {
  return inArticleOrder.map((declare) => declare(workerCounts));
}

/** The experiments at this host's default worker counts. */
export const experiments: readonly Experiment[] = declareExperiments();
