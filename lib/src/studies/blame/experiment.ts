import { around, cross, range } from "../../design/design-parts.ts";
import { type DesignPart, defineExperiment, type Profile } from "../../design/experiment.ts";
import { defaultWorkerCounts } from "../../design/worker-counts.ts";
import { mainWorkerCount } from "../../tables/main-workers.ts";
import {
  arrivalDelayP99,
  countFailures,
  type MechanismName,
  mechanismNames,
  observeMechanism,
  operationsPerRun,
} from "../failure-mechanisms/experiment.ts";
import { blameSamples, response } from "./samples.ts";

interface BlameScenario {
  readonly mechanism: MechanismName;
  readonly workers: number;
  readonly blockers: number;
  readonly cause: "blocked-workers" | "slow-dependency";
}

/** Long enough to make every mechanism fail by itself: more than the 100 ms an operation has. */
const dependencyMs = 150;

/** Declares the question who is blamed, and who should be. */
export function experiment(workerCounts: readonly number[] = defaultWorkerCounts()) {
  return defineExperiment({
    name: "blame",
    question: "Does an error lead to the code that caused it, and would per-poll records?",
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
      cause: {
        unit: "",
        meaning:
          "why operations fail: blockers hold every worker, or all but one and a service answers after 150 ms",
        levels: ["blocked-workers", "slow-dependency"],
      },
    },
    response,
    primary: { rule: "failureRate", count: countFailures },
    design: (profile) => design(profile, workerCounts),
    expectedMs,
    run,
  });
}

function design(profile: Profile, workerCounts: readonly number[]): readonly DesignPart<BlameScenario>[] {
  const workers = mainWorkerCount(workerCounts);
  const grid = (mechanism: readonly MechanismName[], blockers: readonly number[]) => [
    ...cross({ mechanism, workers: [workers], blockers, cause: ["blocked-workers"] }),
    ...cross({ mechanism, workers: [workers], blockers: [workers - 1], cause: ["slow-dependency"] }),
  ];
  switch (profile) {
    case "smoke":
      return [around("base", grid(["mutex"], [workers + 2]), {}, {}, 1)];
    case "quick":
      return [around("base", grid(mechanismNames, [workers + 2]), {}, {}, 2)];
    case "full":
      return [around("base", grid(mechanismNames, [workers, workers + 2]), {}, {}, 6)];
  }
}

function expectedMs({ mechanism, cause }: BlameScenario): number {
  const slowConsumer = mechanism === "bounded-channel" && cause === "slow-dependency";
  return 1250 + (mechanism === "connection-pool" ? 650 : 0) + (slowConsumer ? 1500 : 0);
}

async function run({ cause, ...scenario }: BlameScenario, seed: number) {
  const observed = await observeMechanism(
    { ...scenario, placement: "shared", dependencyMs: cause === "slow-dependency" ? dependencyMs : 0 },
    seed,
  );
  return {
    samples: blameSamples(observed, scenario.workers),
    lostSamples: operationsPerRun - observed.operations.length,
    dispatcherDelayP99Ns: arrivalDelayP99(observed),
  };
}
