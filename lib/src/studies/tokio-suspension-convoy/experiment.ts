import { cross, range } from "../../design/design-parts.ts";
import { type DesignPart, defineExperiment, type Profile } from "../../design/experiment.ts";
import { defaultWorkerCounts } from "../../design/worker-counts.ts";
import { mainWorkerCount } from "../../tables/main-workers.ts";
import type { ColumnsOf } from "../../tables/schema.ts";
import { response } from "./response.ts";
import { runTokioSuspensionConvoy, type TokioSuspensionConvoyScenario } from "./run.ts";

/** Declares the suspension convoy on Tokio. */
export function experiment(workerCounts: readonly number[] = defaultWorkerCounts()) {
  return defineExperiment({
    name: "tokio-suspension-convoy",
    question: "What does it cost on Tokio to wait for a slow channel while holding a lock?",
    factors: {
      executor: { unit: "", meaning: "executor under study", levels: ["tokio"] },
      workers: { unit: "1", meaning: "threads in the pool", levels: workerCounts },
      variant: {
        unit: "",
        meaning:
          "bad: the coordinator sends while it holds the state's lock; good: it gives the lock back first",
        levels: ["bad", "good"],
      },
      blockers: {
        unit: "1",
        meaning: "tasks that hold a worker for 50 ± 10 ms, again and again",
        levels: range(0, Math.max(...workerCounts)),
      },
      rearm: {
        unit: "",
        meaning: "between two blocks: a yield, or a sleep of so many ms",
        levels: ["yield", "sleep-1", "sleep-5", "sleep-10"],
      },
    },
    response,
    primary: { rule: "p99", durationsNs: coordinatorHolds },
    design: (profile) => design(profile, mainWorkerCount(workerCounts)),
    expectedMs,
    run: runTokioSuspensionConvoy,
  });
}

type Design = DesignPart<TokioSuspensionConvoyScenario>;

function design(profile: Profile, workers: number): readonly Design[] {
  const part = (
    name: string,
    blockers: readonly number[],
    rearm: TokioSuspensionConvoyScenario["rearm"],
    replicates: number,
  ): Design => ({
    name,
    scenarios: cross({
      executor: ["tokio"],
      workers: [workers],
      variant: ["bad", "good"],
      blockers,
      rearm: [rearm],
    }),
    replicates,
  });
  switch (profile) {
    case "smoke":
      return [part("base", [0], "yield", 1)];
    case "quick":
      return [part("base", [0, 1], "yield", 3)];
    case "full":
      return [
        part("base", [...new Set([0, 1, workers - 1, workers])], "yield", 7),
        part("rearm", [workers], "sleep-5", 7),
      ];
  }
}

function expectedMs({ blockers, workers }: TokioSuspensionConvoyScenario): number {
  return 300 + (blockers >= workers ? 9000 : 1500);
}

function coordinatorHolds({ row, holdNs }: ColumnsOf<typeof response>): Float64Array {
  return Float64Array.from(holdNs, Number).filter((_, at) => row[at] === "message");
}
