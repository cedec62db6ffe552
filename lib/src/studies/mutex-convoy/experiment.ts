import { sum } from "simple-statistics";
import { around, cross, range } from "../../design/design-parts.ts";
import { type DesignPart, defineExperiment, type Profile } from "../../design/experiment.ts";
import { defaultWorkerCounts } from "../../design/worker-counts.ts";
import { mainWorkerCount } from "../../tables/main-workers.ts";
import type { ColumnsOf } from "../../tables/schema.ts";
import { response } from "./response.ts";
import { type MutexConvoyScenario, runMutexConvoy } from "./run.ts";

/** Declares the mutex convoy for the given worker counts. */
export function experiment(workerCounts: readonly number[] = defaultWorkerCounts()) {
  return defineExperiment({
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
    expectedMs,
    run: runMutexConvoy,
  });
}

type Kind = Pick<MutexConvoyScenario, "workload" | "lock">;
const independent = { workload: "independent", lock: "none" } as const;
const fair = { workload: "contention", lock: "fair" } as const;
const barging = { workload: "contention", lock: "barging" } as const;
const thread = { workload: "contention", lock: "thread" } as const;

function design(
  profile: Profile,
  workerCounts: readonly number[],
): readonly DesignPart<MutexConvoyScenario>[] {
  const workers = mainWorkerCount(workerCounts);
  const base = { executor: "run-queue", section: "yields", workers } as const;
  const grid = (kinds: readonly Kind[], tasks: readonly number[], blockers: readonly number[]) =>
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

function countFailures({ outcome, rounds }: ColumnsOf<typeof response>): { failed: number; trials: number } {
  const counts = Array.from(rounds, Number);
  return { failed: sum(counts.filter((_, row) => outcome[row] !== "completed")), trials: sum(counts) };
}
