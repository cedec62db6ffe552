import { sum } from "simple-statistics";
import { around, cross } from "../../design/design-parts.ts";
import { type DesignPart, defineExperiment, type Profile } from "../../design/experiment.ts";
import { namesOf } from "../../design/names-of.ts";
import { publishedRequests } from "../../model/request-load.ts";
import type { ColumnsOf } from "../../tables/schema.ts";
import { response } from "./response.ts";
import { blockersOf, runSimulatedPools, type SimulatedPoolsScenario } from "./run.ts";

/** From the published pool to one that no host has. */
const poolSizes = [4, 64, 1024, 16_384, 131_072, 1_048_576];
/** Larger pools have clients by the million, and a run of them takes minutes. */
const mostWithRequests = 16_384;
/** Clients a worker, from where a small pool fails to where a large one does. */
const clientsPerWorker = [2, 3, 4, 4.5, 5, 5.5, 6, 6.5, 7, 7.5, 8, 9];

/** Declares simulated pools of the given sizes. */
export function experiment(workerCounts: readonly number[] = poolSizes) {
  return defineExperiment({
    name: "simulated-pools",
    question: "Where do the cliff and the knee of failures lie in pools far larger than any host?",
    factors: {
      load: {
        unit: "",
        meaning:
          "in-step: the published blockers, which begin together; out-of-step: blockers without end, which do not; requests: clients with deadlines",
        levels: ["in-step", "out-of-step", "requests"],
      },
      executor: {
        unit: "",
        meaning: "whose queue discipline is simulated",
        levels: ["run-queue", "pinned"],
      },
      workers: { unit: "1", meaning: "threads in the simulated pool", levels: workerCounts },
      blocked: {
        unit: "",
        meaning: "blockers of a sweep, measured by the workers; none for requests",
        levels: namesOf(blockersOf),
      },
      clients: {
        unit: "1",
        meaning: "clients for each worker; 0 for a sweep",
        levels: [0, ...clientsPerWorker],
      },
    },
    response,
    simulated: true,
    primary: { rule: "failureRate", count: countLate },
    design: (profile) => design(profile, workerCounts),
    expectedMs,
    // Nothing is timed that the compiler could delay, and without it a simulation takes several times as long.
    flags: () => [],
    run: runSimulatedPools,
  });
}

function design(
  profile: Profile,
  workerCounts: readonly number[],
): readonly DesignPart<SimulatedPoolsScenario>[] {
  const sweep = (load: "in-step" | "out-of-step", workers: readonly number[], replicates: number) =>
    around(
      load,
      cross({ load: [load], workers, blocked: ["all-but-one", "all", "a-quarter-more"] }),
      { executor: "run-queue", clients: 0 },
      {},
      replicates,
    );
  const requests = (
    executor: SimulatedPoolsScenario["executor"],
    workers: readonly number[],
    replicates: number,
  ) =>
    around(
      executor === "run-queue" ? "requests" : "requests on event loops",
      cross({ load: ["requests"], workers, clients: clientsPerWorker }),
      { executor, blocked: "none" },
      {},
      replicates,
    );
  const small = workerCounts.filter((workers) => workers <= 1024);
  const most = workerCounts.filter((workers) => workers <= mostWithRequests);
  const large = most.filter((workers) => workers > 1024);
  switch (profile) {
    case "smoke":
      return [sweep("in-step", small.slice(0, 1), 1)];
    case "quick":
      return [sweep("in-step", small, 5), sweep("out-of-step", small, 5), requests("run-queue", small, 5)];
    case "full":
      return [
        sweep("in-step", workerCounts, 5),
        sweep("out-of-step", workerCounts, 5),
        requests("run-queue", small, 7),
        ...(large.length > 0
          ? [{ ...requests("run-queue", large, 3), name: "requests of large pools" }]
          : []),
        requests("pinned", small, 5),
      ];
  }
}

function expectedMs({ load, workers, clients }: SimulatedPoolsScenario): number {
  const startMs = 250;
  const { requests, sleeps } = publishedRequests;
  const events = load === "requests" ? 1.7 * workers * clients * requests * (sleeps + 1) : 16 * workers;
  // The larger the pool, the less of it lies in the processor's caches.
  const eventsPerMs = workers > 10_000 ? 4000 : 8000;
  return startMs + events / eventsPerMs;
}

function countLate({ late, counted }: ColumnsOf<typeof response>): { failed: number; trials: number } {
  return { failed: sum(Array.from(late)), trials: sum(Array.from(counted)) };
}
