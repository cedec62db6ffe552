import { availableParallelism } from "node:os";
import { around, cross, range } from "../../design/design-parts.ts";
import { type DesignPart, defineExperiment, type Profile } from "../../design/experiment.ts";
import { executorNames } from "../../executor/executors.ts";
import type { ColumnsOf } from "../../tables/schema.ts";
import { response } from "./response.ts";
import { type BeyondCoresScenario, blockMs, leadMs, runBeyondCores, sleepMs, sleeps } from "./run.ts";

/** Blockers for each core: three times as many as can compute at once. */
const mostPerCore = 3;

/** Declares blockers that compute beside blockers that park, on a pool that always has one more worker than blockers. */
export function experiment(workerCounts: readonly number[] = [mostPerCore * availableParallelism() + 1]) {
  const workers = Math.max(...workerCounts);
  return defineExperiment({
    name: "beyond-cores",
    question:
      "What do blockers cost that compute, once they are more than cores, though a worker is always free?",
    factors: {
      executor: { unit: "", meaning: "executor under study", levels: executorNames },
      workers: {
        unit: "1",
        meaning: "threads in the pool: three times the cores, and one",
        levels: [workers],
      },
      blockers: {
        unit: "1",
        meaning: "tasks that hold a worker without end, at most all workers but one",
        levels: range(0, workers - 1),
      },
      hold: {
        unit: "",
        meaning: "computing: each hold derives a key with scrypt; parked: each hold sleeps 50 ms",
        levels: ["computing", "parked"],
      },
    },
    response,
    primary: { rule: "p99", durationsNs: probeOverheads },
    design: (profile) => design(profile, workers),
    expectedMs,
    fillsCores: ({ hold }) => hold === "computing",
    run: runBeyondCores,
  });
}

function design(profile: Profile, workers: number): readonly DesignPart<BeyondCoresScenario>[] {
  const cores = coresOf(workers);
  const marks = [...new Set([0, 1, cores - 1, cores, workers - 1])].sort((a, b) => a - b);
  const part = (
    name: string,
    hold: BeyondCoresScenario["hold"],
    blockers: readonly number[],
    replicates: number,
  ) =>
    around(name, cross({ executor: executorNames, workers: [workers], blockers }), { hold }, {}, replicates);
  switch (profile) {
    case "smoke":
      return [part("base", "computing", [workers - 1], 1)];
    case "quick":
      return [
        part("base", "computing", [...new Set([cores - 1, cores, workers - 1])], 3),
        part("parked", "parked", [workers - 1], 3),
      ];
    case "full":
      return [
        part("base", "computing", range(0, workers - 1), 8),
        part(
          "parked",
          "parked",
          marks.filter((blockers) => blockers > 0),
          8,
        ),
      ];
  }
}

/** Cores that a pool of so many workers was made for. */
export function coresOf(workers: number): number {
  return Math.max(1, Math.floor((workers - 1) / mostPerCore));
}

function expectedMs({ executor, workers, blockers, hold }: BeyondCoresScenario): number {
  const startMs = 300 + 40 * workers;
  const late = executor === "pinned" && blockers > 0 ? sleeps * blockMs : 0;
  const shared = hold === "computing" ? 1 + blockers / coresOf(workers) : 1;
  return startMs + leadMs + sleeps * sleepMs * Math.max(1, shared / 2) + late * shared;
}

function probeOverheads({ source, overheadUs }: ColumnsOf<typeof response>): Float64Array {
  return Float64Array.from(overheadUs, (us) => us * 1000).filter((_, row) => source[row] === "probe");
}
