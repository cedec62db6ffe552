import { blockingRequest, requestPeriodMs, requestsPerClient } from "../../design/closed-clients.ts";
import { around, cross } from "../../design/design-parts.ts";
import { dispatcherDelayP99 } from "../../design/dispatcher-delay.ts";
import { type DesignPart, defineExperiment, type Profile, type RunResult } from "../../design/experiment.ts";
import { namesOf } from "../../design/names-of.ts";
import { type ExecutorName, executorNames, executors } from "../../executor/executors.ts";
import { seededRandom } from "../../stats/random.ts";
import type { ColumnsOf } from "../../tables/schema.ts";
import { probeSweep, type SweepName, sweepResponse, sweeps } from "./sweeps.ts";

export { inStepSweep, probeSweep, sweepResponse, sweeps } from "./sweeps.ts";

interface WorkerCountScenario {
  readonly executor: ExecutorName;
  readonly workers: number;
  readonly sweep: SweepName;
  readonly load: number;
}

/** From no pool to speak of to eight threads a core of a small host: workers that sleep need no core. */
const pools = [1, 2, 4, 8, 16];

/** Clients for each worker: idle, all workers busy, a knee's two sides. */
const clientsPerWorker = [1, 4, 6, 8];

const landmarks: Readonly<Record<SweepName, (workers: number) => readonly number[]>> = {
  "in-step": (workers) =>
    [...new Set([0, Math.ceil(workers / 4), Math.ceil(workers / 2), workers - 1, workers, workers + 1])].sort(
      (a, b) => a - b,
    ),
  "out-of-step": (workers) => [workers],
  requests: (workers) => clientsPerWorker.map((clients) => clients * workers),
};

/** Declares the sweeps over pool sizes; they need no more cores than any other, because what blocks sleeps. */
export function experiment(workerCounts: readonly number[] = pools) {
  const loads = workerCounts.flatMap((workers) => Object.values(landmarks).flatMap((of) => of(workers)));
  return defineExperiment({
    name: "worker-count",
    question: "Where do the cliff of the blockers and the knee of the requests lie as the pool grows?",
    factors: {
      executor: { unit: "", meaning: "executor under study", levels: executorNames },
      workers: { unit: "1", meaning: "threads in the pool", levels: workerCounts },
      sweep: {
        unit: "",
        meaning: Object.entries(sweeps)
          .map(([name, { meaning }]) => `${name}: ${meaning}`)
          .join("; "),
        levels: namesOf(sweeps),
      },
      load: {
        unit: "1",
        meaning: "blockers beside 50 probes, or clients in the sweep of requests",
        levels: [...new Set(loads)].sort((a, b) => a - b),
      },
    },
    response: sweepResponse,
    primary: { rule: "p99", durationsNs: delays },
    design: (profile) => design(profile, workerCounts),
    expectedMs,
    run,
  });
}

function design(
  profile: Profile,
  workerCounts: readonly number[],
): readonly DesignPart<WorkerCountScenario>[] {
  const grid = (
    executor: ExecutorName,
    sweep: SweepName,
    counts = workerCounts,
    keep: (load: number, workers: number) => boolean = () => true,
  ): WorkerCountScenario[] =>
    counts.flatMap((workers) =>
      cross({
        executor: [executor],
        workers: [workers],
        sweep: [sweep],
        load: landmarks[sweep](workers).filter((load) => keep(load, workers)),
      }),
    );
  const part = (name: string, scenarios: readonly WorkerCountScenario[], replicates: number) =>
    around(name, scenarios, {}, {}, replicates);
  const few = spread(workerCounts);
  switch (profile) {
    case "smoke":
      return [
        part("base", grid("run-queue", "in-step", workerCounts.slice(0, 1)), 1),
        part(
          "requests",
          grid("run-queue", "requests", workerCounts.slice(0, 1), (load, workers) => load === 4 * workers),
          1,
        ),
      ];
    case "quick":
      return [
        part(
          "base",
          grid("run-queue", "in-step", few, (load, workers) => workers === 1 || isCorner(load, workers)),
          2,
        ),
        part(
          "requests",
          grid("run-queue", "requests", few, (load, workers) => load === 4 * workers),
          1,
        ),
      ];
    case "full":
      return [
        part("base", grid("run-queue", "in-step"), 8),
        part("phase", grid("run-queue", "out-of-step"), 8),
        part("requests", grid("run-queue", "requests"), 7),
        part(
          "executors",
          [...grid("piscina", "in-step", few.slice(-2)), ...grid("pinned", "in-step", few.slice(-2))],
          7,
        ),
      ];
  }
}

/** None, all but one, and all. */
function isCorner(load: number, workers: number): boolean {
  return load === 0 || load === workers - 1 || load === workers;
}

/** The least, the middle and the largest. */
function spread(counts: readonly number[]): number[] {
  const middle = counts[Math.floor(counts.length / 2)] as number;
  return [...new Set([counts.at(0) as number, middle, counts.at(-1) as number])];
}

function expectedMs({ executor, workers, sweep, load }: WorkerCountScenario): number {
  const startMs = 220 + 15 * workers;
  if (sweep === "requests") {
    const { blockingShare, blockMs, sleeps } = blockingRequest;
    const idleMs = requestsPerClient * (requestPeriodMs + sleeps * 0.2);
    return startMs + Math.max(idleMs, (requestsPerClient * load * blockingShare * blockMs * 1.1) / workers);
  }
  const { sleeps, sleepMs, blockMs, blocks } = probeSweep;
  const starved = executor === "pinned" ? load > 0 : load >= workers;
  const laps = Math.ceil(load / workers);
  const leadMs = sweep === "out-of-step" ? 2 * blockMs : 0;
  return startMs + leadMs + sleeps * sleepMs + (starved ? blocks * laps * blockMs : 0) + (load > 0 ? 100 : 0);
}

async function run(
  { executor, workers, sweep, load }: WorkerCountScenario,
  seed: number,
): Promise<RunResult<typeof sweepResponse>> {
  const { specs, expected, samples } = sweeps[sweep];
  const records = await executors[executor](specs(load, seededRandom(seed)), workers);
  const rows = samples(records);
  return {
    samples: rows,
    lostSamples: expected(load) - rows.outcome.length,
    dispatcherDelayP99Ns: dispatcherDelayP99(records.polls),
  };
}

/** What each sweep is about: how late probes woke, or how long requests took. */
function delays({ overheadNs, latencyNs }: ColumnsOf<typeof sweepResponse>): Float64Array {
  return Float64Array.from(overheadNs, (overhead, row) => Number(overhead ?? latencyNs[row]));
}
