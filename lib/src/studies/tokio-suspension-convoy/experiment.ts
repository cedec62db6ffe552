import { cross, range } from "../../design/design-parts.ts";
import type { DesignPart, Experiment, Profile } from "../../design/experiment.ts";
import { defaultWorkerCounts } from "../../design/worker-counts.ts";
import { columnOf } from "../../tables/column-of.ts";
import { mainWorkerCount } from "../../tables/main-workers.ts";
import type { ColumnDeclaration, Columns, Schema } from "../../tables/schema.ts";
import { runTokioSuspensionConvoy, type TokioSuspensionConvoyScenario } from "./run.ts";

const duration = (meaning: string): ColumnDeclaration => ({
  type: "int64",
  unit: "ns",
  meaning,
  nullable: true,
});

const response: Schema = {
  row: {
    type: "category",
    unit: "",
    meaning: "message: handled by the coordinator; event: consumed; enrichment: came back to the state",
  },
  stream: { type: "uint8", unit: "1", meaning: "stream of the message" },
  number: { type: "uint16", unit: "1", meaning: "number of the message within its stream" },
  lockWaitNs: duration("request of the state's lock until the task runs with it; null for events"),
  handOverNs: duration(
    "last part of the lock wait: the lock is there for the task, which waits for a worker",
  ),
  holdNs: duration("the task runs with the lock until it gives it back; null for events"),
  sendNs: duration(
    "first send to the end of the last one, under the lock or after it; null but for messages",
  ),
  latencyNs: duration("intended sending of the message to the end of the event's consumption"),
};

/** Declares the suspension convoy on Tokio. */
export function experiment(workerCounts: readonly number[] = defaultWorkerCounts()): Experiment {
  return {
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
    expectedMs: (scenario) => expectedMs(scenario as unknown as TokioSuspensionConvoyScenario),
    run: (scenario, seed) =>
      runTokioSuspensionConvoy(scenario as unknown as TokioSuspensionConvoyScenario, seed),
  };
}

function design(profile: Profile, workers: number): readonly DesignPart[] {
  const part = (
    name: string,
    blockers: readonly number[],
    rearm: string,
    replicates: number,
  ): DesignPart => ({
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
        part("base", range(0, workers), "yield", 7),
        part("rearm", [...new Set([1, workers - 1, workers])], "sleep-5", 7),
      ];
  }
}

function expectedMs({ blockers, workers }: TokioSuspensionConvoyScenario): number {
  return 300 + (blockers >= workers ? 9000 : 1500);
}

function coordinatorHolds(samples: Columns): Float64Array {
  const row = columnOf(samples, "row");
  return Float64Array.from(columnOf(samples, "holdNs"), Number).filter((_, at) => row[at] === "message");
}
