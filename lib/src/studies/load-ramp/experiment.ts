import {
  countTimedOut,
  type DeadlineRounds,
  expectedRoundsMs,
  runDeadlineRounds,
} from "../../design/deadline-rounds.ts";
import { around, cross } from "../../design/design-parts.ts";
import { type DesignPart, defineExperiment, type Profile, type RunResult } from "../../design/experiment.ts";
import { defaultWorkerCounts } from "../../design/worker-counts.ts";
import { type ExecutorName, executorNames } from "../../executor/executors.ts";
import { deadlineResponse } from "../../tables/deadline-response.ts";
import { mainWorkerCount } from "../../tables/main-workers.ts";

const rounds = 5;
const blocking = "sustained";

/** Up to where an executor fails without any blocker, and not much further: such runs are long and alike. */
const ramps = {
  "run-queue": { rise: [50, 500, 1000, 2000, 3000], beyond: [5000, 20_000] },
  piscina: { rise: [50, 100, 200, 500, 1000], beyond: [] },
  pinned: { rise: [50, 500, 1000, 2000, 3000], beyond: [5000, 10_000] },
} as const satisfies Record<ExecutorName, { rise: readonly number[]; beyond: readonly number[] }>;

type LoadRampScenario = Omit<DeadlineRounds, "rounds" | "blocking">;

/** Declares the ramp of the load beside one blocker fewer than workers, for the given worker counts. */
export function experiment(workerCounts: readonly number[] = defaultWorkerCounts()) {
  return defineExperiment({
    name: "load-ramp",
    question: "How much load do blockers leave room for that hold all workers but one?",
    factors: {
      executor: { unit: "", meaning: "executor under study", levels: executorNames },
      workers: { unit: "1", meaning: "threads in the pool", levels: workerCounts },
      tasks: {
        unit: "1",
        meaning: "tasks, five requests each",
        levels: [50, 100, 200, 500, 1000, 2000, 3000, 5000, 10_000, 20_000],
      },
      blockers: {
        unit: "1",
        meaning: "tasks that hold a worker for 80 ms at a time: none, the control, or one fewer than workers",
        levels: [...new Set([0, ...workerCounts.map((workers) => workers - 1)])],
      },
    },
    response: deadlineResponse,
    primary: { rule: "failureRate", count: countTimedOut },
    design: (profile) => design(profile, mainWorkerCount(workerCounts)),
    expectedMs: (scenario) => expectedRoundsMs(complete(scenario)),
    run: (scenario, seed) => run(complete(scenario), seed),
  });
}

function design(profile: Profile, workers: number): readonly DesignPart<LoadRampScenario>[] {
  const grid = (executors: readonly ExecutorName[], levels: (executor: ExecutorName) => readonly number[]) =>
    executors.flatMap((executor) =>
      cross({
        executor: [executor],
        workers: [workers],
        tasks: levels(executor),
        blockers: [...new Set([0, workers - 1])],
      }),
    );
  switch (profile) {
    case "smoke":
      return [
        around(
          "base",
          grid(["run-queue"], () => [50]),
          {},
          {},
          1,
        ),
      ];
    case "quick":
      return [
        around(
          "base",
          grid(executorNames, (executor) => ends(ramps[executor].rise)),
          {},
          {},
          2,
        ),
      ];
    case "full":
      return [
        around(
          "base",
          grid(executorNames, (executor) => ramps[executor].rise),
          {},
          {},
          5,
        ),
        around(
          "beyond",
          grid(executorNames, (executor) => ramps[executor].beyond),
          {},
          {},
          3,
        ),
      ];
  }
}

function ends(levels: readonly number[]): number[] {
  return [levels.at(0) as number, levels.at(-1) as number];
}

/** The dispatcher's own limit is part of the question, so that no delay of its makes a run invalid; samples keep it. */
async function run(load: DeadlineRounds, seed: number): Promise<RunResult<typeof deadlineResponse>> {
  const { records: _records, ...result } = await runDeadlineRounds(load, seed);
  return { ...result, dispatcherDelayP99Ns: null };
}

function complete(scenario: LoadRampScenario): DeadlineRounds {
  return { ...scenario, rounds, blocking };
}
