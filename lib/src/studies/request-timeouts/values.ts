import { sum } from "simple-statistics";
import type { ExecutorName } from "../../executor/executors.ts";
import type { Handed } from "../../summary/handed.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import { rowsOf, valueAt } from "../../summary/rows.ts";
import type { FailureRate, RequestLatencies, RequestTimeoutsData, VictimFailures } from "./analysis.ts";

/** The tables that the request-timeouts notebook has made. */
export interface RequestSummaries {
  readonly failures: readonly FailureRate[];
  readonly latencies: readonly RequestLatencies[];
  readonly victims: readonly VictimFailures[];
}

/** A rate above this counts as trouble: a service that fails one request in twenty. */
const troubleShare = 0.05;

/**
 * Names the numbers that the article cites: failure rates by clients, where trouble begins, who fails, and how open
 * loop differs. Null where the profile did not measure a value.
 */
export function requestValues(
  dataset: RequestTimeoutsData,
  { failures, latencies, victims }: RequestSummaries,
): Handed {
  const workers = mainWorkers(dataset);
  const { runs } = dataset.manifest;
  const closed = { load: "closed-loop", workers } as const;
  const open = { load: "open-loop", workers } as const;
  const at = (executor: ExecutorName, clients: number) => (column: keyof FailureRate) =>
    valueAt(failures, { ...closed, executor, clients }, column);
  const failed = (executor: ExecutorName, clients: number) => at(executor, clients)("failureShare");
  const median = (clients: number) =>
    valueAt(latencies, { ...closed, executor: "run-queue", clients }, "p50Ms");
  const failing = (who: VictimFailures["who"]) =>
    valueAt(victims, { executor: "run-queue", clients: 30, who }, "failureShare");
  return {
    workers,
    runs: runs.valid,
    invalidRuns: runs.planned - runs.valid,
    requests: dataset.samples.numRows(),
    falseTimeouts: sum(failures.map(({ falseTimeouts }) => falseTimeouts)),
    failures: sum(failures.map((row) => row.failures)),
    failureRunQueueAt15Share: failed("run-queue", 15),
    failureRunQueueAt20Share: failed("run-queue", 20),
    failureRunQueueAt20LowShare: at("run-queue", 20)("failureLowShare"),
    failureRunQueueAt20HighShare: at("run-queue", 20)("failureHighShare"),
    failureRunQueueAt30Share: failed("run-queue", 30),
    failureRunQueueAt50Share: failed("run-queue", 50),
    failurePiscinaAt15Share: failed("piscina", 15),
    failurePiscinaAt20Share: failed("piscina", 20),
    failurePiscinaAt30Share: failed("piscina", 30),
    failurePiscinaAt50Share: failed("piscina", 50),
    failurePinnedAt15Share: failed("pinned", 15),
    failurePinnedAt20Share: failed("pinned", 20),
    failurePinnedAt30Share: failed("pinned", 30),
    failurePinnedAt50Share: failed("pinned", 50),
    troubleRunQueueClients: firstTrouble(failures, { ...closed, executor: "run-queue" }),
    troublePiscinaClients: firstTrouble(failures, { ...closed, executor: "piscina" }),
    troublePinnedClients: firstTrouble(failures, { ...closed, executor: "pinned" }),
    troubleRunQueueOpenLoopClients: firstTrouble(failures, { ...open, executor: "run-queue" }),
    troublePinnedOpenLoopClients: firstTrouble(failures, { ...open, executor: "pinned" }),
    p50RunQueueAt1Ms: median(1),
    p50RunQueueAt15Ms: median(15),
    metRunQueueAt15Share: at("run-queue", 15)("metShare"),
    failureBystandersRunQueueAt30Share: failing("bystanders"),
    failureCulpritsRunQueueAt30Share: failing("culprits"),
  };
}

/** The least number of clients from which on the failure rate stays above the limit; null if it never does. */
function firstTrouble(failures: readonly FailureRate[], where: Partial<FailureRate>): number | null {
  const rows = rowsOf(failures, where).sort((a, b) => a.clients - b.clients);
  const last = rows.findLastIndex(({ failureShare }) => (failureShare ?? 0) <= troubleShare);
  return rows[last + 1]?.clients ?? null;
}
