import { sum } from "simple-statistics";
import { cross, range } from "../../design/design-parts.ts";
import { type DesignPart, defineExperiment, type Profile } from "../../design/experiment.ts";
import { defaultWorkerCounts } from "../../design/worker-counts.ts";
import { mainWorkerCount } from "../../tables/main-workers.ts";
import type { ColumnsOf } from "../../tables/schema.ts";
import { response } from "./response.ts";
import { runTokioMutexConvoy, type TokioMutexConvoyScenario } from "./run.ts";

/** Declares the mutex convoy on Tokio and on the run queue, by how blockers re-arm. */
export function experiment(workerCounts: readonly number[] = defaultWorkerCounts()) {
  return defineExperiment({
    name: "tokio-mutex-convoy",
    question: "Is it Tokio or how blockers come back that makes a lock a convoy with one worker left?",
    factors: {
      executor: { unit: "", meaning: "executor under study", levels: ["tokio", "run-queue"] },
      workers: { unit: "1", meaning: "threads in the pool", levels: workerCounts },
      workload: {
        unit: "",
        meaning:
          "independent: nobody takes a lock; contention: 30 % of tasks share a fair one across 3 yields",
        levels: ["independent", "contention"],
      },
      tasks: { unit: "1", meaning: "concurrent tasks, 10 rounds each", levels: [20, 100, 500] },
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
    primary: { rule: "failureRate", count: countFailures },
    design: (profile) => design(profile, mainWorkerCount(workerCounts)),
    expectedMs,
    run: runTokioMutexConvoy,
  });
}

function design(profile: Profile, workers: number): readonly DesignPart<TokioMutexConvoyScenario>[] {
  const grid = (
    tasks: readonly number[],
    blockers: readonly number[],
    rearm: TokioMutexConvoyScenario["rearm"],
  ) =>
    cross({
      executor: ["tokio", "run-queue"],
      workers: [workers],
      workload: ["independent", "contention"],
      tasks,
      blockers,
      rearm: [rearm],
    });
  switch (profile) {
    case "smoke":
      return [
        {
          name: "base",
          scenarios: grid([20], [0], "yield").slice(0, 2),
          replicates: 1,
        },
      ];
    case "quick":
      return [
        {
          name: "base",
          scenarios: grid([100], [0, workers - 1], "yield"),
          replicates: 3,
        },
        {
          name: "rearm",
          scenarios: grid([100], [workers - 1], "sleep-5"),
          replicates: 3,
        },
      ];
    case "full":
      return [
        {
          name: "base",
          scenarios: grid([100, 500], [...new Set([0, workers - 1, workers])], "yield"),
          replicates: 6,
        },
        {
          name: "rearm",
          scenarios: grid([500], [workers - 1], "sleep-5"),
          replicates: 6,
        },
      ];
  }
}

function expectedMs({ blockers, workers, workload, tasks }: TokioMutexConvoyScenario): number {
  const loadedMs = blockers >= workers ? (workload === "independent" ? 1200 : 2500) : 500;
  return 350 + loadedMs + tasks * 0.6;
}

function countFailures({ outcome, rounds }: ColumnsOf<typeof response>): { failed: number; trials: number } {
  const counts = Array.from(rounds, Number);
  return { failed: sum(counts.filter((_, row) => outcome[row] !== "completed")), trials: sum(counts) };
}
