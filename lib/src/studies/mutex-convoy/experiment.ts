import { around, cross, range } from "../../design/design-parts.ts";
import type { DesignPart, Experiment, Profile, Scenario } from "../../design/experiment.ts";
import { defaultWorkerCounts } from "../../design/worker-counts.ts";
import { columnOf } from "../../tables/column-of.ts";
import { mainWorkerCount } from "../../tables/main-workers.ts";
import type { Columns, Schema } from "../../tables/schema.ts";
import { type MutexConvoyScenario, runMutexConvoy } from "./run.ts";

const response: Schema = {
  row: {
    type: "category",
    unit: "",
    meaning:
      "total: counts every round of one role with one outcome; round: one of the rounds that are kept whole",
  },
  role: {
    type: "category",
    unit: "",
    meaning: "contender: one of the 30 % of tasks that take the lock under contention; bystander: any other",
  },
  outcome: { type: "category", unit: "", meaning: "completed, timed-out, rejected or failed" },
  rounds: {
    type: "uint32",
    unit: "1",
    meaning: "rounds that a total counts; null for a round",
    nullable: true,
  },
  spanUs: {
    type: "int32",
    unit: "µs",
    meaning: "first start to last end of all rounds of the run; null for a round",
    nullable: true,
  },
  user: { type: "uint16", unit: "1", meaning: "task that did the round; null for a total", nullable: true },
  round: {
    type: "uint16",
    unit: "1",
    meaning: "number of the round within its task; null for a total",
    nullable: true,
  },
  latencyUs: {
    type: "int32",
    unit: "µs",
    meaning: "start to end or time-out; null for a total",
    nullable: true,
  },
  lockWaitUs: {
    type: "int32",
    unit: "µs",
    meaning: "request of the lock until the task runs with it, or has given up; null where it takes none",
    nullable: true,
  },
  handOverUs: {
    type: "int32",
    unit: "µs",
    meaning: "last part of the lock wait: the lock is there for the task, which waits for a worker",
    nullable: true,
  },
  holdUs: {
    type: "int32",
    unit: "µs",
    meaning: "the task runs with the lock until it gives it back; null where it never had it",
    nullable: true,
  },
  waitUs: {
    type: "int32",
    unit: "µs",
    meaning: "sum of the overheads (started − due) of the round's polls",
    nullable: true,
  },
  dispatchUs: {
    type: "int32",
    unit: "µs",
    meaning: "part of these overheads before the polls were handed to the workers",
    nullable: true,
  },
};

/** Declares the mutex convoy for the given worker counts. */
export function experiment(workerCounts: readonly number[] = defaultWorkerCounts()): Experiment {
  return {
    name: "mutex-convoy",
    question: "What does a lock held across yields add to what blockers do to independent tasks?",
    factors: {
      executor: { unit: "", meaning: "executor under study", levels: ["run-queue", "piscina"] },
      workers: { unit: "1", meaning: "threads in the pool", levels: workerCounts },
      workload: {
        unit: "",
        meaning: "independent: nobody takes a lock; contention: 30 % of tasks share one",
        levels: ["independent", "contention"],
      },
      lock: {
        unit: "",
        meaning:
          "none; fair: handed to the oldest waiter; barging: whoever tries first; thread: in shared memory, a waiter holds its worker",
        levels: ["none", "fair", "barging", "thread"],
      },
      section: {
        unit: "",
        meaning: "yields: the lock is held across 3 yields; poll: within one poll that parks 1 ms",
        levels: ["yields", "poll"],
      },
      tasks: { unit: "1", meaning: "concurrent tasks, 10 rounds each", levels: [20, 100, 200, 500] },
      blockers: {
        unit: "1",
        meaning: "tasks that hold a worker for 50 ± 10 ms, again and again",
        levels: range(0, Math.max(...workerCounts)),
      },
    },
    response,
    primary: { rule: "failureRate", count: countFailures },
    design: (profile) => design(profile, workerCounts),
    expectedMs: (scenario) => expectedMs(scenario as unknown as MutexConvoyScenario),
    run: (scenario, seed) => runMutexConvoy(scenario as unknown as MutexConvoyScenario, seed),
  };
}

const independent = { workload: "independent", lock: "none" } as const;
const fair = { workload: "contention", lock: "fair" } as const;
const barging = { workload: "contention", lock: "barging" } as const;
const thread = { workload: "contention", lock: "thread" } as const;

function design(profile: Profile, workerCounts: readonly number[]): readonly DesignPart[] {
  const workers = mainWorkerCount(workerCounts);
  const base = { executor: "run-queue", section: "yields", workers };
  const grid = (kinds: readonly Scenario[], tasks: readonly number[], blockers: readonly number[]) =>
    kinds.flatMap((kind) => cross({ tasks, blockers }).map((scenario) => ({ ...kind, ...scenario })));
  const below = [...new Set([0, workers - 1])];
  const cliff = [...new Set([0, workers - 1, workers])];
  const full = range(0, workers - 1);

  switch (profile) {
    case "smoke":
      return [around("base", grid([independent, fair], [20], [0]), base, {}, 1)];
    case "quick":
      return [
        around("base", grid([independent, fair], [100], cliff), base, {}, 2),
        around("lock", grid([barging], [100], [workers]), base, {}, 2),
        around("thread", grid([fair, thread], [100], [0]), base, { section: ["poll"] }, 2),
      ];
    case "full":
      return [
        around("base", grid([independent, fair], [100, 200, 500], full), base, {}, 6),
        around("saturation", grid([independent, fair], [100, 200, 500], [workers]), base, {}, 6),
        around("lock", grid([barging], [100, 500], cliff), base, {}, 6),
        around("executor", grid([independent, fair], [100], cliff), base, { executor: ["piscina"] }, 6),
        around("section", grid([independent, fair, thread], [100], below), base, { section: ["poll"] }, 6),
        around("deadlock", grid([fair, thread], [20], [0]), base, {}, 20),
      ];
  }
}

function expectedMs({ blockers, workers, lock, tasks, section }: MutexConvoyScenario): number {
  const startMs = 350;
  if (lock === "thread" && section === "yields") return startMs + tasks * 150;
  const loadedMs = blockers >= workers ? (lock === "none" ? 800 : 2500) : 100;
  return startMs + loadedMs + tasks * 0.6;
}

function countFailures(samples: Columns): { failed: number; trials: number } {
  const outcome = columnOf(samples, "outcome");
  const counts = Array.from(columnOf(samples, "rounds"), (count) => Number(count ?? 0));
  const sum = (wanted: (row: number) => boolean) =>
    counts.reduce((total, count, row) => total + (wanted(row) ? count : 0), 0);
  return { failed: sum((row) => outcome[row] !== "completed"), trials: sum(() => true) };
}
