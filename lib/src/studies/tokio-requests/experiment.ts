import { blockingRequest, requestPeriodMs, requestsPerClient } from "../../design/closed-clients.ts";
import { cross, range } from "../../design/design-parts.ts";
import type { DesignPart, Experiment, Profile } from "../../design/experiment.ts";
import { defaultWorkerCounts } from "../../design/worker-counts.ts";
import { columnOf } from "../../tables/column-of.ts";
import { mainWorkerCount } from "../../tables/main-workers.ts";
import type { Columns, Schema } from "../../tables/schema.ts";
import { runTokioRequests, type TokioRequestsScenario } from "./run.ts";

const response: Schema = {
  client: { type: "uint16", unit: "1", meaning: "client that sent the request" },
  round: { type: "uint16", unit: "1", meaning: "number of the request within its client" },
  blocking: { type: "bool", unit: "", meaning: "blocked its worker for 50 ms, before its timer or under it" },
  latencyUs: { type: "int32", unit: "µs", meaning: "end or time-out − start, in open loop the intended one" },
  timedUs: {
    type: "int32",
    unit: "µs",
    meaning:
      "end or time-out − start of its 100 ms timer; above 100 ms for a completed one whose last sleep and time-out were seen together",
  },
  outcome: { type: "category", unit: "", meaning: "completed or timed-out" },
  polls: { type: "uint8", unit: "1", meaning: "sleeps it completed, of 10" },
  waitUs: { type: "int32", unit: "µs", meaning: "sum of its polls' overheads (started − due)" },
};

/** Declares the concurrency sweep on Tokio. */
export function experiment(workerCounts: readonly number[] = defaultWorkerCounts()): Experiment {
  return {
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
    expectedMs: (scenario) => expectedMs(scenario as unknown as TokioRequestsScenario),
    run: (scenario, seed) => runTokioRequests(scenario as unknown as TokioRequestsScenario, seed),
  };
}

const closed = [5, 10, 12, 15, 18, 20, 25, 30, 40, 50];
const open = [3, 5, 6, 7, 8, 10, 15, 20];

function design(profile: Profile, workers: number): readonly DesignPart[] {
  const base = {
    executor: "tokio",
    workers,
    lifoSlot: "on",
    load: "closed-loop",
    placement: "before-deadline",
  };
  const part = (
    name: string,
    clients: readonly number[],
    levels: object,
    replicates: number,
  ): DesignPart => ({
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
        part("base", closed, {}, 10),
        part("placement", closed, { placement: "inside-deadline" }, 10),
        part("load", open, { load: "open-loop" }, 10),
        part("slot", [10, 20, 30, 50], { lifoSlot: "off" }, 10),
      ];
  }
}

function expectedMs({ workers, clients }: TokioRequestsScenario): number {
  const { sleeps, blockingShare, blockMs } = blockingRequest;
  const idleMs = requestsPerClient * (requestPeriodMs + sleeps);
  const saturatedMs = (requestsPerClient * clients * blockingShare * blockMs) / workers;
  return 250 + Math.max(idleMs, saturatedMs * 1.2);
}

function countFailures(samples: Columns): { failed: number; trials: number } {
  const outcomes = Array.from(columnOf(samples, "outcome"));
  return { failed: outcomes.filter((outcome) => outcome !== "completed").length, trials: outcomes.length };
}
