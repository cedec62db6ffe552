import { blockingRequest, requestPeriodMs, requestsPerClient } from "../../design/closed-clients.ts";
import { around, cross } from "../../design/design-parts.ts";
import { type DesignPart, defineExperiment, type Profile } from "../../design/experiment.ts";
import { namesOf } from "../../design/names-of.ts";
import { defaultWorkerCounts } from "../../design/worker-counts.ts";
import { executorNames } from "../../executor/executors.ts";
import { otherRuntime } from "../../measure/other-runtimes.ts";
import { mainWorkerCount } from "../../tables/main-workers.ts";
import type { ColumnsOf } from "../../tables/schema.ts";
import { probeSweep } from "../worker-count/experiment.ts";
import { otherPools } from "./pools/pools.ts";
import { response } from "./response.ts";
import { type OtherPoolsScenario, probes, runOtherPools } from "./run.ts";

/** Clients: nobody fails, some do, most do. */
const clients = [5, 15, 30];

/** Declares both sweeps on pools as their users run them, and on other versions of Node. */
export function experiment(workerCounts: readonly number[] = defaultWorkerCounts()) {
  const workers = mainWorkerCount(workerCounts);
  return defineExperiment({
    name: "other-pools",
    question: "Do other pools, and other versions of Node, break at the same place?",
    factors: {
      pool: {
        unit: "",
        meaning:
          "executor under study, or another library's pool; tinypool, workerpool: one queue with the dispatcher; poolifier: a task goes at once to the worker that has the fewest; poolifier-queue: its option of stealing queues; cluster: connections to server processes",
        levels: [...executorNames, ...namesOf(otherPools)],
      },
      node: { unit: "", meaning: "major version of Node.js", levels: ["22", "24", "26"] },
      workers: { unit: "1", meaning: "threads or processes in the pool", levels: [workers] },
      sweep: {
        unit: "",
        meaning: `blockers: 5 × 50 ms with a yield, beside ${probes} probes; requests: clients, closed loop, whose requests block 50 ms with a share of 30 %`,
        levels: ["blockers", "requests"],
      },
      load: {
        unit: "1",
        meaning: "blockers, or clients in the sweep of requests",
        levels: [...new Set([...blockersAt(workers), ...clients])].sort((a, b) => a - b),
      },
    },
    response,
    primary: { rule: "p99", durationsNs: delays },
    design: (profile) => design(profile, workers),
    expectedMs,
    runtime: ({ node }) => otherRuntime(node) ?? process.execPath,
    run: runOtherPools,
  });
}

function blockersAt(workers: number): number[] {
  return [...new Set([0, workers - 1, workers, workers + 2])];
}

function design(profile: Profile, workers: number): readonly DesignPart<OtherPoolsScenario>[] {
  const pools = ["piscina", ...namesOf(otherPools)] as const;
  const onPools = { pool: pools, node: ["26"], workers: [workers] } as const;
  const onVersions = { pool: executorNames, node: ["22", "24", "26"], workers: [workers] } as const;
  const isNew = ({ pool, node }: OtherPoolsScenario) => pool !== "piscina" || node !== "26";
  const part = (name: string, scenarios: readonly OtherPoolsScenario[], replicates: number) =>
    around(name, scenarios, {}, {}, replicates);
  const beside = (blockers: readonly number[]) => ({ sweep: ["blockers"], load: blockers }) as const;
  const sent = (counts: readonly number[]) => ({ sweep: ["requests"], load: counts }) as const;
  switch (profile) {
    case "smoke":
      return [part("base", cross({ ...onPools, ...beside([workers]) }), 1)];
    case "quick":
      return [part("base", cross({ ...onPools, ...beside([workers - 1, workers]) }), 3)];
    case "full":
      return [
        part("base", cross({ ...onPools, ...beside(blockersAt(workers)) }), 10),
        part("requests", cross({ ...onPools, ...sent(clients) }), 7),
        part("versions", cross({ ...onVersions, ...beside([0, workers - 1, workers]) }).filter(isNew), 8),
        part("versions of requests", cross({ ...onVersions, ...sent([15]) }).filter(isNew), 7),
      ];
  }
}

function expectedMs({ pool, workers, sweep, load }: OtherPoolsScenario): number {
  const startMs = pool === "cluster" ? 700 : 400;
  if (sweep === "requests") {
    const { blockingShare, blockMs, sleeps } = blockingRequest;
    const idleMs = requestsPerClient * (requestPeriodMs + sleeps * 0.5);
    return startMs + Math.max(idleMs, (requestsPerClient * load * blockingShare * blockMs * 1.1) / workers);
  }
  const { sleeps, sleepMs, blockMs, blocks } = probeSweep;
  const laps = Math.ceil(load / workers);
  return startMs + sleeps * sleepMs + laps * blocks * blockMs;
}

/** What each sweep is about: how late probes woke, or how long requests took. */
function delays({ overheadNs, latencyNs }: ColumnsOf<typeof response>): Float64Array {
  return Float64Array.from(overheadNs, (overhead, row) => Number(overhead ?? latencyNs[row]));
}
