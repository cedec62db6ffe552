import { around, cross, range } from "../../design/design-parts.ts";
import { type DesignPart, defineExperiment, type Profile } from "../../design/experiment.ts";
import { defaultWorkerCounts } from "../../design/worker-counts.ts";
import { mainWorkerCount } from "../../tables/main-workers.ts";
import {
  arrivalDelayP99,
  type MechanismName,
  mechanismNames,
  observeMechanism,
  operationsPerRun,
} from "./observe-mechanism.ts";
import { countFailures, mechanismSamples, response } from "./samples.ts";

export { type ErrorDesign, errorDesigns } from "./error-design.ts";
export {
  arrivalDelayP99,
  culpritTask,
  type MechanismName,
  type MechanismRecords,
  mechanismNames,
  observeMechanism,
  operationsPerRun,
} from "./observe-mechanism.ts";
export type { Operation } from "./operation.ts";
export { countFailures } from "./samples.ts";
export type { NamedPolls } from "./step-pool.ts";

interface FailureMechanismsScenario {
  readonly mechanism: MechanismName;
  readonly workers: number;
  readonly blockers: number;
  readonly placement: "none" | "shared" | "isolated";
}

/** Declares the four mechanisms by which starvation becomes somebody else's error. */
export function experiment(workerCounts: readonly number[] = defaultWorkerCounts()) {
  return defineExperiment({
    name: "failure-mechanisms",
    question: "What fails in a service whose pool is starved, and what does the error say?",
    factors: {
      mechanism: {
        unit: "",
        meaning: "what an operation needs besides the workers, and what fails",
        levels: mechanismNames,
      },
      workers: { unit: "1", meaning: "threads in the pool", levels: workerCounts },
      blockers: {
        unit: "1",
        meaning: "tasks that hold a worker for 50 ± 10 ms, over and over",
        levels: range(0, Math.max(...workerCounts) + 2),
      },
      placement: {
        unit: "",
        meaning: "where the blockers run: none, on the pool of the operations, or on one of their own",
        levels: ["none", "shared", "isolated"],
      },
    },
    response,
    primary: { rule: "failureRate", count: countFailures },
    design: (profile) => design(profile, workerCounts),
    expectedMs,
    run,
  });
}

function design(
  profile: Profile,
  workerCounts: readonly number[],
): readonly DesignPart<FailureMechanismsScenario>[] {
  const workers = mainWorkerCount(workerCounts);
  const starved = { placement: "shared", blockers: workers + 2 } as const;
  const service = { workers: [workers], mechanism: mechanismNames };
  const starvedAndOffloaded = { ...service, placement: ["shared", "isolated"] } as const;
  switch (profile) {
    case "smoke":
      return [around("base", cross({ ...service, mechanism: ["connection-pool"] }), starved, {}, 1)];
    case "quick":
      return [around("base", cross({ ...starvedAndOffloaded, blockers: [workers + 2] }), {}, {}, 2)];
    case "full": {
      const scenarios = [
        ...cross({ ...service, placement: ["none"], blockers: [0] }),
        ...cross({ ...starvedAndOffloaded, blockers: [workers - 1, workers, workers + 2] }),
      ];
      return [around("base", scenarios, {}, {}, 6)];
    }
  }
}

function expectedMs({ mechanism, placement }: FailureMechanismsScenario): number {
  return 1200 + (mechanism === "connection-pool" ? 650 : 0) + (placement === "isolated" ? 100 : 0);
}

async function run({ placement, ...scenario }: FailureMechanismsScenario, seed: number) {
  const observed = await observeMechanism(
    { ...scenario, placement: placement === "none" ? "shared" : placement, dependencyMs: 0 },
    seed,
  );
  return {
    samples: mechanismSamples(observed),
    lostSamples: operationsPerRun - observed.operations.length,
    dispatcherDelayP99Ns: arrivalDelayP99(observed),
  };
}
