import {
  closedClients,
  requestPeriodMs as periodMs,
  blockingRequest as request,
  requestsPerClient as requests,
} from "../../design/closed-clients.ts";
import { around, cross, range } from "../../design/design-parts.ts";
import { dispatcherDelayP99 } from "../../design/dispatcher-delay.ts";
import { type DesignPart, defineExperiment, type Profile, type RunResult } from "../../design/experiment.ts";
import { defaultWorkerCounts } from "../../design/worker-counts.ts";
import type { Records } from "../../executor/executor.ts";
import { type ExecutorName, executorNames, executors } from "../../executor/executors.ts";
import { seededRandom } from "../../stats/random.ts";
import { mainWorkerCount } from "../../tables/main-workers.ts";
import type { ColumnsOf, Schema } from "../../tables/schema.ts";
import { requestEvent } from "../../workload/client.ts";
import type { TaskSpec } from "../../workload/programs.ts";
import { blockedWaits } from "./blocked-waits.ts";

interface RequestTimeoutsScenario {
  readonly executor: ExecutorName;
  readonly workers: number;
  readonly clients: number;
  readonly load: "closed-loop" | "open-loop";
}

const knee = [1, 5, 10, 12, 15, 18, 20, 25, 30];
const collapsed = [40, 50];

const response = {
  request: { type: "uint32", unit: "1", meaning: "number of the request, client · 20 + round" },
  client: { type: "uint16", unit: "1", meaning: "client that sent it" },
  round: { type: "uint16", unit: "1", meaning: "number of the request within its client" },
  blocking: { type: "bool", unit: "", meaning: "blocked its worker for 50 ms before its timer started" },
  beganNs: {
    type: "int64",
    unit: "ns",
    meaning: "start since the run's origin; the intended start in open loop",
  },
  latencyNs: { type: "int64", unit: "ns", meaning: "end or time-out − start" },
  timedNs: { type: "int64", unit: "ns", meaning: "end or time-out − start of its 100 ms timer" },
  outcome: { type: "category", unit: "", meaning: "completed, timed-out, rejected or failed" },
  metBlockedWorker: {
    type: "bool",
    unit: "",
    meaning: "one of its polls waited while blocking polls held every worker that could have run it",
  },
  falseTimeout: {
    type: "bool",
    unit: "",
    meaning: "timed out although its last poll had ended within the time-out: the timer won",
  },
  polls: { type: "uint8", unit: "1", meaning: "sleeps it completed, of 10" },
  waitNs: { type: "int64", unit: "ns", meaning: "sum of its polls' overheads (started − due)" },
} as const satisfies Schema;

/** Declares the concurrency sweep for the given worker counts. */
export function experiment(workerCounts: readonly number[] = defaultWorkerCounts()) {
  return defineExperiment({
    name: "request-timeouts",
    question:
      "How many concurrent clients can a pool serve before blocking requests make the others time out?",
    factors: {
      executor: { unit: "", meaning: "executor under study", levels: executorNames },
      workers: { unit: "1", meaning: "threads in the pool", levels: workerCounts },
      clients: { unit: "1", meaning: "concurrent clients, 20 requests each", levels: range(1, 50) },
      load: {
        unit: "",
        meaning:
          "closed-loop: a client sends when its last request ended; open-loop: every 25 ms, as intended",
        levels: ["closed-loop", "open-loop"],
      },
    },
    response,
    primary: { rule: "failureRate", count: countFailures },
    design: (profile) => design(profile, workerCounts),
    expectedMs,
    run,
  });
}

const closed = { load: "closed-loop" } as const;

function design(
  profile: Profile,
  workerCounts: readonly number[],
): readonly DesignPart<RequestTimeoutsScenario>[] {
  const main = mainWorkerCount(workerCounts);
  const others = workerCounts.filter((workers) => workers !== main);
  const grid = (clients: readonly number[]) => cross({ executor: executorNames, workers: [main], clients });
  switch (profile) {
    case "smoke":
      return [around("base", grid([2, 20]), closed, {}, 1)];
    case "quick":
      return [around("base", grid([5, 15, 20, 30]), closed, {}, 3)];
    case "full":
      return [
        around("base", grid(knee), closed, {}, 20),
        around("collapse", grid(collapsed), closed, {}, 10),
        around("load", grid([3, 5, 6, 7, 8, 10, 15, 20]), closed, { load: ["open-loop"] }, 10),
        around(
          "workers",
          others.flatMap((workers) =>
            cross({
              executor: ["run-queue"],
              workers: [workers],
              clients: [1, 5, 8, 10, 15]
                .map((clients) => Math.ceil((clients * workers) / 2))
                .filter((n) => n <= 50),
            }),
          ),
          closed,
          {},
          10,
        ),
      ].filter(({ scenarios }) => scenarios.length > 0);
  }
}

function expectedMs({ workers, clients }: RequestTimeoutsScenario): number {
  const startMs = 350;
  const idleMs = requests * (periodMs + request.sleeps * 0.5);
  const saturatedMs = (requests * clients * request.blockingShare * request.blockMs) / workers;
  return startMs + Math.max(idleMs, saturatedMs * 1.1);
}

async function run(scenario: RequestTimeoutsScenario, seed: number): Promise<RunResult<typeof response>> {
  const random = seededRandom(seed);
  const records = await executors[scenario.executor](clientSpecs(scenario, random), scenario.workers);
  return {
    samples: toSamples(records, scenario),
    lostSamples: scenario.clients * requests - records.events.length,
    dispatcherDelayP99Ns: dispatcherDelayP99(records.polls),
  };
}

function clientSpecs({ clients, load }: RequestTimeoutsScenario, random: () => number): TaskSpec[] {
  if (load === "closed-loop") return closedClients(clients, random);
  return range(0, clients - 1).flatMap((client): TaskSpec[] => {
    const startMs = random() * periodMs;
    return range(0, requests - 1).map((round) => ({
      program: "arrival",
      home: client,
      parameters: {
        ...request,
        client,
        round,
        request: client * requests + round,
        intendedMs: startMs + round * periodMs,
      },
    }));
  });
}

function toSamples(
  { polls, events }: Records,
  { executor, workers }: RequestTimeoutsScenario,
): ColumnsOf<typeof response> {
  const starved = blockedWaits(polls, request.blockMs / 2, executor === "pinned" ? "own" : workers);
  const column = (name: (typeof requestEvent)[number]): number[] => {
    const index = requestEvent.indexOf(name);
    return events.map((event) => Math.round(event[index] as number));
  };
  return {
    request: Uint32Array.from(column("request")),
    client: Uint16Array.from(column("client")),
    round: Uint16Array.from(column("round")),
    blocking: column("blocking").map(Boolean),
    beganNs: Float64Array.from(column("beganNs")),
    latencyNs: Float64Array.from(column("latencyNs")),
    timedNs: Float64Array.from(column("timedNs")),
    outcome: column("timedOut").map((timedOut) => (timedOut ? "timed-out" : "completed")),
    metBlockedWorker: column("request").map((number) => starved.has(number)),
    falseTimeout: column("falseTimeout").map(Boolean),
    polls: Uint8Array.from(column("polls")),
    waitNs: Float64Array.from(column("waitNs")),
  };
}

function countFailures({ outcome }: ColumnsOf<typeof response>): { failed: number; trials: number } {
  return { failed: outcome.filter((name) => name !== "completed").length, trials: outcome.length };
}
