import { blockingRequest, requestPeriodMs, requestsPerClient } from "../../design/closed-clients.ts";
import { cross, range } from "../../design/design-parts.ts";
import { type DesignPart, defineExperiment, type Profile } from "../../design/experiment.ts";
import { defaultWorkerCounts } from "../../design/worker-counts.ts";
import { mainWorkerCount } from "../../tables/main-workers.ts";
import type { ColumnsOf } from "../../tables/schema.ts";
import { response } from "./response.ts";
import { runTokioRequests, type TokioRequestsScenario } from "./run.ts";

/** Declares the concurrency sweep on Tokio. */
export function experiment(workerCounts: readonly number[] = defaultWorkerCounts()) {
  return defineExperiment({
    name: "tokio-requests",
    question: "How many clients can Tokio serve, and what does it matter whether the timer sees the block?",
    factors: {
      executor: { unit: "", meaning: "executor under study", levels: ["tokio"] },
      workers: { unit: "1", meaning: "threads in the pool", levels: workerCounts },
      lifoSlot: {
        unit: "",
        meaning: "whether a worker keeps the task it woke last ahead of its queue",
        levels: ["on", "off"],
      },
      clients: { unit: "1", meaning: "concurrent clients, 20 requests each", levels: range(1, 50) },
      load: {
        unit: "",
        meaning:
          "closed-loop: a client sends when its last request ended; open-loop: every 25 ms, as intended",
        levels: ["closed-loop", "open-loop"],
      },
      placement: {
        unit: "",
        meaning: "before-deadline: a request blocks before its timer starts; inside-deadline: under it",
        levels: ["before-deadline", "inside-deadline"],
      },
    },
    response,
    primary: { rule: "failureRate", count: countFailures },
    design: (profile) => design(profile, mainWorkerCount(workerCounts)),
    expectedMs,
    run: runTokioRequests,
  });
}

const closed = [10, 15, 20, 30, 50];
const open = [5, 6, 7, 8, 10];

type Design = DesignPart<TokioRequestsScenario>;

function design(profile: Profile, workers: number): readonly Design[] {
  const base: Omit<TokioRequestsScenario, "clients"> = {
    executor: "tokio",
    workers,
    lifoSlot: "on",
    load: "closed-loop",
    placement: "before-deadline",
  };
  const part = (
    name: string,
    clients: readonly number[],
    levels: Partial<typeof base>,
    replicates: number,
  ): Design => ({
    name,
    scenarios: cross({ clients }).map((scenario) => ({ ...base, ...levels, ...scenario })),
    replicates,
  });
  switch (profile) {
    case "smoke":
      return [part("base", [20], {}, 1)];
    case "quick":
      return [
        part("base", [10, 20, 30], {}, 3),
        part("placement", [10, 20, 30], { placement: "inside-deadline" }, 3),
      ];
    case "full":
      return [
        part("base", closed, {}, 7),
        part("placement", closed, { placement: "inside-deadline" }, 7),
        part("load", open, { load: "open-loop" }, 7),
        part("slot", [30], { lifoSlot: "off" }, 7),
      ];
  }
}

function expectedMs({ workers, clients }: TokioRequestsScenario): number {
  const { sleeps, blockingShare, blockMs } = blockingRequest;
  const idleMs = requestsPerClient * (requestPeriodMs + sleeps);
  const saturatedMs = (requestsPerClient * clients * blockingShare * blockMs) / workers;
  return 250 + Math.max(idleMs, saturatedMs * 1.2);
}

function countFailures({ outcome }: ColumnsOf<typeof response>): { failed: number; trials: number } {
  return { failed: outcome.filter((each) => each !== "completed").length, trials: outcome.length };
}
