import { cross, range } from "../../design/design-parts.ts";
import type { DesignPart, Experiment, Profile, Scenario } from "../../design/experiment.ts";
import { defaultWorkerCounts } from "../../design/worker-counts.ts";
import { columnOf } from "../../tables/column-of.ts";
import { mainWorkerCount } from "../../tables/main-workers.ts";
import type { Columns, Schema } from "../../tables/schema.ts";
import { runTokioMutexConvoy, type TokioMutexConvoyScenario } from "./run.ts";

const time = (meaning: string) => ({ type: "int32", unit: "µs", meaning, nullable: true }) as const;

const response: Schema = {
  row: {
    type: "category",
    unit: "",
    meaning:
      "total: counts every round of one role with one outcome; round: one of those that are kept whole",
  },
  role: {
    type: "category",
    unit: "",
    meaning: "contender: one of the 30 % of tasks that take the lock under contention; bystander: any other",
  },
  outcome: { type: "category", unit: "", meaning: "completed or timed-out" },
  rounds: {
    type: "uint32",
    unit: "1",
    meaning: "rounds that a total counts; null for a round",
    nullable: true,
  },
  latencyUs: time("start to end or time-out; null for a total"),
  lockWaitUs: time(
    "request of the lock until the task runs with it, or has given up; null where it takes none",
  ),
  handOverUs: time("last part of the lock wait: the lock is there for the task, which waits for a worker"),
  holdUs: time("the task runs with the lock until it gives it back; null where it never had it"),
  waitUs: time("sum of the overheads (started − due) of the round's polls; null for a total"),
};

/** Declares the mutex convoy on Tokio and on the run queue, by how blockers re-arm. */
export function experiment(workerCounts: readonly number[] = defaultWorkerCounts()): Experiment {
  return {
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
    expectedMs: (scenario) => expectedMs(scenario as unknown as TokioMutexConvoyScenario),
    run: (scenario, seed) => runTokioMutexConvoy(scenario as unknown as TokioMutexConvoyScenario, seed),
  };
}

function design(profile: Profile, workers: number): readonly DesignPart[] {
  const workload = ["independent", "contention"];
  const executor = ["tokio", "run-queue"];
  const grid = (levels: Readonly<Record<string, readonly (string | number)[]>>): Scenario[] =>
    cross({ executor, workers: [workers], workload, ...levels });
  const sleeping = { rearm: ["sleep-5"] };
  const yielding = { rearm: ["yield"] };
  switch (profile) {
    case "smoke":
      return [
        {
          name: "base",
          scenarios: grid({ tasks: [20], blockers: [0], ...yielding }).slice(0, 2),
          replicates: 1,
        },
      ];
    case "quick":
      return [
        {
          name: "base",
          scenarios: grid({ tasks: [100], blockers: [0, workers - 1], ...yielding }),
          replicates: 3,
        },
        {
          name: "rearm",
          scenarios: grid({ tasks: [100], blockers: [workers - 1], ...sleeping }),
          replicates: 3,
        },
      ];
    case "full":
      return [
        {
          name: "base",
          scenarios: grid({ tasks: [100, 500], blockers: range(0, workers), ...yielding }),
          replicates: 7,
        },
        {
          name: "rearm",
          scenarios: grid({ tasks: [100, 500], blockers: range(1, workers), ...sleeping }),
          replicates: 7,
        },
      ];
  }
}

function expectedMs({ blockers, workers, workload, tasks }: TokioMutexConvoyScenario): number {
  const loadedMs = blockers >= workers ? (workload === "independent" ? 1200 : 2500) : 500;
  return 350 + loadedMs + tasks * 0.6;
}

function countFailures(samples: Columns): { failed: number; trials: number } {
  const outcome = columnOf(samples, "outcome");
  const counts = Array.from(columnOf(samples, "rounds"), (count) => Number(count ?? 0));
  const sum = (wanted: (row: number) => boolean) =>
    counts.reduce((total, count, row) => total + (wanted(row) ? count : 0), 0);
  return { failed: sum((row) => outcome[row] !== "completed"), trials: sum(() => true) };
}
