import { around, cross, range } from "../../design/design-parts.ts";
import { type DesignPart, defineExperiment, type Profile } from "../../design/experiment.ts";
import { namesOf } from "../../design/names-of.ts";
import { defaultWorkerCounts } from "../../design/worker-counts.ts";
import { runtimeFlags } from "../../executor/runtime-flags.ts";
import { mainWorkerCount } from "../../tables/main-workers.ts";
import {
  arrivalDelayP99,
  countFailures,
  type ErrorDesign,
  errorDesigns,
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
  readonly errors: ErrorDesign;
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
      errors: {
        unit: "",
        meaning: `what errors are given to carry; ${Object.entries(errorDesigns)
          .map(([name, meaning]) => `${name}: ${meaning}`)
          .join("; ")}`,
        levels: namesOf(errorDesigns),
        before: "plain",
      },
    },
    response,
    primary: { rule: "failureRate", count: countFailures },
    design: (profile) => design(profile, workerCounts),
    expectedMs,
    flags: ({ errors }) => [...runtimeFlags, ...flagsOf(errors)],
    run,
  });
}

/** An error that arises on the producer's own thread knows nothing that the pool's thread could give it. */
const designable = mechanismNames.filter((name) => name !== "bounded-channel");
const otherDesigns = namesOf(errorDesigns).filter((name) => name !== "plain");

function design(profile: Profile, workerCounts: readonly number[]): readonly DesignPart<BlameScenario>[] {
  const workers = mainWorkerCount(workerCounts);
  const grid = (mechanism: readonly MechanismName[], blockers: readonly number[]) => [
    ...cross({ mechanism, workers: [workers], blockers, cause: ["blocked-workers"] }),
    ...cross({ mechanism, workers: [workers], blockers: [workers - 1], cause: ["slow-dependency"] }),
  ];
  const plain = { errors: "plain" } as const;
  switch (profile) {
    case "smoke":
      return [
        around("base", grid(["mutex"], [workers + 2]), plain, {}, 1),
        around("errors", grid(["mutex"], [workers + 2]), {}, { errors: ["cause chain"] }, 1),
      ];
    case "quick":
      return [
        around("base", grid(mechanismNames, [workers + 2]), plain, {}, 2),
        around("errors", grid(["mutex"], [workers + 2]), {}, { errors: otherDesigns }, 2),
      ];
    case "full":
      return [
        around("base", grid(mechanismNames, [workers, workers + 2]), plain, {}, 6),
        around("errors", grid(designable, [workers + 2]), {}, { errors: otherDesigns }, 5),
      ];
  }
}

/** What Node is told for a design to show all that it can. */
function flagsOf(errors: ErrorDesign): readonly string[] {
  if (errors === "async stacks") return ["--stack-trace-limit=100"];
  return errors === "context" ? ["--async-context-frame"] : [];
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
