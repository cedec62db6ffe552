import { around, cross, range } from "../../design/design-parts.ts";
import type { DesignPart, Experiment, Profile } from "../../design/experiment.ts";
import { defaultWorkerCounts } from "../../design/worker-counts.ts";
import { columnOf } from "../../tables/column-of.ts";
import { mainWorkerCount } from "../../tables/main-workers.ts";
import type { ColumnDeclaration, Columns, Schema } from "../../tables/schema.ts";
import { runSuspensionConvoy, type SuspensionConvoyScenario, saturatingMessages } from "./run.ts";

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
    meaning:
      "message: handled by the coordinator; event: consumed; enrichment: came back to the state; total: one a run",
  },
  stream: { type: "uint8", unit: "1", meaning: "stream of the message; null for a total", nullable: true },
  number: {
    type: "uint16",
    unit: "1",
    meaning: "number of the message within its stream; null for a total",
    nullable: true,
  },
  lockWaitNs: duration("request of the state's lock until the task runs with it; null for events and totals"),
  handOverNs: duration(
    "last part of the lock wait: the lock is there for the task, which waits for a worker",
  ),
  holdNs: duration("the task runs with the lock until it gives it back; null for events and totals"),
  sendNs: duration(
    "first send to the end of the last one, under the lock or after it; null but for messages",
  ),
  latencyNs: duration("intended sending of the message to the end of the event's consumption"),
  messages: {
    type: "uint32",
    unit: "1",
    meaning: "messages handled in the span of a total",
    nullable: true,
  },
  entries: {
    type: "uint32",
    unit: "1",
    meaning: "entries of the state by its other user in the span of a total",
    nullable: true,
  },
  spanNs: duration("end of the coordinator's first message to the end of its last; null but for totals"),
};

/** Declares the suspension convoy for the given worker counts. */
export function experiment(workerCounts: readonly number[] = defaultWorkerCounts()): Experiment {
  return {
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
    expectedMs: (scenario) => expectedMs(scenario as unknown as SuspensionConvoyScenario),
    run: (scenario, seed) => runSuspensionConvoy(scenario as unknown as SuspensionConvoyScenario, seed),
  };
}

const consumerTimesUs = [500, 1000, 2000, 5000, 10_000, 20_000];

function design(profile: Profile, workerCounts: readonly number[]): readonly DesignPart[] {
  const workers = mainWorkerCount(workerCounts);
  const base = { executor: "run-queue", workers, load: "streams", consumeUs: 1000 };
  const grid = (blockers: readonly number[]) => cross({ variant: ["bad", "good"], blockers });
  const sweep = (times: readonly number[]) => cross({ variant: ["bad", "good"], consumeUs: times });
  const saturating = { executor: "run-queue", workers, load: "saturating", blockers: 0 };

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

function coordinatorHolds(samples: Columns): Float64Array {
  const row = columnOf(samples, "row");
  return Float64Array.from(columnOf(samples, "holdNs"), Number).filter((_, at) => row[at] === "message");
}
