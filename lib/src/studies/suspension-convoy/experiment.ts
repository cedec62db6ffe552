import { around, cross, range } from "../../design/design-parts.ts";
import { type DesignPart, defineExperiment, type Profile } from "../../design/experiment.ts";
import { defaultWorkerCounts } from "../../design/worker-counts.ts";
import { mainWorkerCount } from "../../tables/main-workers.ts";
import type { ColumnsOf } from "../../tables/schema.ts";
import { response } from "./response.ts";
import { runSuspensionConvoy, type SuspensionConvoyScenario, saturatingMessages } from "./run.ts";

/** Declares the suspension convoy for the given worker counts. */
export function experiment(workerCounts: readonly number[] = defaultWorkerCounts()) {
  return defineExperiment({
    name: "suspension-convoy",
    question: "What does it cost to wait for a slow channel while holding a lock?",
    factors: {
      executor: { unit: "", meaning: "executor under study", levels: ["run-queue", "piscina"] },
      workers: { unit: "1", meaning: "threads in the pool", levels: workerCounts },
      variant: {
        unit: "",
        meaning:
          "bad: the coordinator sends while it holds the state's lock; good: it gives the lock back first",
        levels: ["bad", "good"],
      },
      load: {
        unit: "",
        meaning:
          "streams: three inputs at intended times; saturating: always a message, and another user that always wants the state",
        levels: ["streams", "saturating"],
      },
      blockers: {
        unit: "1",
        meaning: "tasks that hold a worker for 50 ± 10 ms, again and again",
        levels: range(0, Math.max(...workerCounts)),
      },
      consumeUs: {
        unit: "µs",
        meaning: "what the consumer takes for an event: the length of the suspension",
        levels: consumerTimesUs,
      },
    },
    response,
    primary: { rule: "p99", durationsNs: coordinatorHolds },
    design: (profile) => design(profile, workerCounts),
    expectedMs,
    run: runSuspensionConvoy,
  });
}

const consumerTimesUs = [500, 1000, 2000, 5000, 10_000, 20_000];

function design(
  profile: Profile,
  workerCounts: readonly number[],
): readonly DesignPart<SuspensionConvoyScenario>[] {
  const workers = mainWorkerCount(workerCounts);
  const base = { executor: "run-queue", workers, load: "streams", consumeUs: 1000 } as const;
  const grid = (blockers: readonly number[]) => cross({ variant: ["bad", "good"], blockers });
  const sweep = (times: readonly number[]) => cross({ variant: ["bad", "good"], consumeUs: times });
  const saturating = { executor: "run-queue", workers, load: "saturating", blockers: 0 } as const;

  switch (profile) {
    case "smoke":
      return [around("suspension", sweep([2000]), saturating, {}, 1)];
    case "quick":
      return [
        around("base", grid([0, workers - 1]), base, {}, 2),
        around("suspension", sweep([1000, 5000, 20_000]), saturating, {}, 2),
      ];
    case "full":
      return [
        around("base", grid(range(0, workers - 1)), base, {}, 10),
        around("saturation", grid([workers]), base, {}, 7),
        around("suspension", sweep(consumerTimesUs), saturating, {}, 7),
        around("executor", grid([0, workers - 1]), base, { executor: ["piscina"] }, 7),
      ];
  }
}

function expectedMs({ load, blockers, workers, consumeUs }: SuspensionConvoyScenario): number {
  const startMs = 350;
  const consumeMs = consumeUs / 1000;
  if (load === "saturating") return startMs + saturatingMessages(consumeMs) * (consumeMs + 0.2);
  return startMs + (blockers >= workers ? 7500 : 700);
}

function coordinatorHolds({ row, holdNs }: ColumnsOf<typeof response>): Float64Array {
  return Float64Array.from(holdNs, Number).filter((_, at) => row[at] === "message");
}
