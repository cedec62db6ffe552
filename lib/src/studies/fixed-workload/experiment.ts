import {
  countTimedOut,
  type DeadlineRounds,
  expectedRoundsMs,
  runDeadlineRounds,
} from "../../design/deadline-rounds.ts";
import { around, cross, range } from "../../design/design-parts.ts";
import { dispatcherDelayP99 } from "../../design/dispatcher-delay.ts";
import { type DesignPart, defineExperiment, type Profile, type RunResult } from "../../design/experiment.ts";
import { defaultWorkerCounts } from "../../design/worker-counts.ts";
import { type ExecutorName, executorNames } from "../../executor/executors.ts";
import { deadlineResponse } from "../../tables/deadline-response.ts";
import { mainWorkerCount } from "../../tables/main-workers.ts";

const rounds = 10;

/** The published load, and per executor one that leaves its dispatcher most of a core to spare. */
export const publishedTasks = 500;
const carriedTasks = { "run-queue": 100, piscina: 10, pinned: 100 } as const satisfies Record<
  ExecutorName,
  number
>;

type FixedWorkloadScenario = Omit<DeadlineRounds, "rounds">;

/** Declares the sweep of blockers beside a fixed load, for the given worker counts. */
export function experiment(workerCounts: readonly number[] = defaultWorkerCounts()) {
  return defineExperiment({
    name: "fixed-workload",
    question: "How many blockers does a load survive that the pool carries with room to spare?",
    factors: {
      executor: { unit: "", meaning: "executor under study", levels: executorNames },
      workers: { unit: "1", meaning: "threads in the pool", levels: workerCounts },
      tasks: {
        unit: "1",
        meaning: "tasks, ten requests each: as many as the executor carries with ease, or the published 500",
        levels: [...new Set([...Object.values(carriedTasks), publishedTasks])].sort((a, b) => a - b),
      },
      blockers: {
        unit: "1",
        meaning: "tasks that hold a worker for 80 ms at a time; from none to two more than workers",
        levels: range(0, Math.max(...workerCounts) + 2),
      },
      blocking: {
        unit: "",
        meaning:
          "sustained: without end, out of step; original: 10 × 80 ms in step, from the start of the load",
        levels: ["sustained", "original"],
      },
    },
    response: deadlineResponse,
    primary: { rule: "failureRate", count: countTimedOut },
    design: (profile) => design(profile, mainWorkerCount(workerCounts)),
    expectedMs: (scenario) => expectedRoundsMs(withRounds(scenario)),
    run: (scenario, seed) => run(withRounds(scenario), seed),
  });
}

const base = { blocking: "sustained" } as const;

function design(profile: Profile, workers: number): readonly DesignPart<FixedWorkloadScenario>[] {
  const grid = (executors: readonly ExecutorName[], blockers: readonly number[], tasks?: number) =>
    executors.flatMap((executor) =>
      cross({
        executor: [executor],
        workers: [workers],
        tasks: [tasks ?? carriedTasks[executor]],
        blockers: [...new Set(blockers)],
      }),
    );
  const shared = ["run-queue", "piscina"] as const;
  const cliff = [0, workers - 1, workers];
  switch (profile) {
    case "smoke":
      return [around("base", grid(["run-queue"], [0, workers]), base, {}, 1)];
    case "quick":
      return [
        around("base", grid(shared, cliff), base, {}, 2),
        around("pinned", grid(["pinned"], [0, 1, workers]), base, {}, 1),
      ];
    case "full":
      return [
        around("base", grid(shared, range(0, workers + 2)), base, {}, 5),
        // A pinned run lasts longest, and which tasks fail in it is settled by where they were dealt.
        around("pinned", grid(["pinned"], range(0, workers + 2)), base, {}, 5),
        around(
          "blocking",
          grid(["run-queue", "pinned"], cliff.slice(1)),
          base,
          { blocking: ["original"] },
          8,
        ),
        around("tasks", grid(["run-queue"], cliff, publishedTasks), base, { blocking: ["original"] }, 5),
      ];
  }
}

async function run(load: DeadlineRounds, seed: number): Promise<RunResult<typeof deadlineResponse>> {
  const { records, ...result } = await runDeadlineRounds(load, seed);
  const carried = load.tasks <= carriedTasks[load.executor];
  return { ...result, dispatcherDelayP99Ns: carried ? dispatcherDelayP99(records.polls) : null };
}

function withRounds(scenario: FixedWorkloadScenario): DeadlineRounds {
  return { ...scenario, rounds };
}
