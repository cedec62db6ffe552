import type { Experiment } from "./experiment.ts";
import { mutexConvoy } from "./mutex-convoy.ts";
import { requestTimeouts } from "./request-timeouts.ts";
import { schedulingDelay } from "./scheduling-delay.ts";
import { defaultWorkerCounts } from "./worker-counts.ts";

/** Declares every experiment of the study, in the order of the article. */
export function declareExperiments(
  workerCounts: readonly number[] = defaultWorkerCounts(),
): readonly Experiment[] {
  return [schedulingDelay(workerCounts), requestTimeouts(workerCounts), mutexConvoy(workerCounts)];
}

/** The experiments at this host's default worker counts. */
export const experiments: readonly Experiment[] = declareExperiments();
