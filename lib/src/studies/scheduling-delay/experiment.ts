import { around, cross, range } from "../../design/design-parts.ts";
import { type DesignPart, defineExperiment, type Profile } from "../../design/experiment.ts";
import { namesOf } from "../../design/names-of.ts";
import { defaultWorkerCounts } from "../../design/worker-counts.ts";
import { executorNames } from "../../executor/executors.ts";
import { publishedWorkers } from "../../tables/main-workers.ts";
import type { ColumnsOf } from "../../tables/schema.ts";
import { response } from "./response.ts";
import { blockingPatterns, runSchedulingDelay, type SchedulingDelayScenario, sleepMs } from "./run.ts";

/** Declares the blocker sweep for the given worker counts. */
export function experiment(workerCounts: readonly number[] = defaultWorkerCounts()) {
  const mostBlockers = Math.max(...workerCounts) + 2;
  return defineExperiment({
    name: "scheduling-delay",
    question: "How long does a woken task wait for a worker as blockers take workers away?",
    factors: {
      executor: { unit: "", meaning: "executor under study", levels: executorNames },
      workers: { unit: "1", meaning: "threads in the pool", levels: workerCounts },
      probes: { unit: "1", meaning: "tasks that sleep 10 ms over and over", levels: [50, 200, 500] },
      blockers: {
        unit: "1",
        meaning: "tasks that hold a worker; from none to two more than workers",
        levels: range(0, mostBlockers),
      },
      load: {
        unit: "",
        meaning:
          "closed-loop: the next sleep starts when the last ended; open-loop: wake-ups at intended times",
        levels: ["closed-loop", "open-loop"],
      },
      blocking: {
        unit: "",
        meaning: "original: 5 × 50 ms with a yield; sustained: 50 ms without end; burst: one aligned 150 ms",
        levels: namesOf(blockingPatterns),
      },
      phase: {
        unit: "",
        meaning: "spread: first sleeps start at seeded offsets within 10 ms; aligned: all at once",
        levels: ["spread", "aligned"],
      },
    },
    response,
    primary: { rule: "p99", durationsNs: probeOverheads },
    design: (profile) => design(profile, workerCounts),
    expectedMs,
    run: runSchedulingDelay,
  });
}

const base = { probes: 50, load: "closed-loop", blocking: "original", phase: "spread" } as const;

function design(
  profile: Profile,
  workerCounts: readonly number[],
): readonly DesignPart<SchedulingDelayScenario>[] {
  const grid = (sweep: (workers: number) => readonly number[], counts: readonly number[]) =>
    counts.flatMap((workers) =>
      cross({ executor: executorNames, workers: [workers], blockers: sweep(workers) }),
    );
  const all = (workers: number) => range(0, workers + 2);
  const landmarks = (workers: number) => [...new Set([0, 1, workers - 1, workers, workers + 2])];
  const cliff = (workers: number) => [...new Set([0, workers - 1, workers])];

  const counts = workerCounts.includes(publishedWorkers) ? [publishedWorkers] : workerCounts.slice(-1);
  switch (profile) {
    case "smoke":
      return [
        around(
          "base",
          grid((workers) => [0, workers], workerCounts.slice(0, 1)),
          base,
          {},
          1,
        ),
      ];
    case "quick":
      return [
        around("base", grid(landmarks, workerCounts), base, {}, 3),
        around("blocking", grid(cliff, counts), base, { blocking: ["burst"] }, 3),
      ];
    case "full": {
      const sparse = grid(landmarks, counts);
      const shared = sparse.filter(({ executor }) => executor !== "piscina");
      return [
        around("base", grid(all, workerCounts), base, {}, 20),
        around("blocking", sparse, base, { blocking: ["sustained", "burst"] }, 10),
        around("load", sparse, base, { load: ["open-loop"] }, 10),
        around("phase", sparse, base, { phase: ["aligned"] }, 10),
        // One dispatcher cannot carry 500 probes by message; the run queue and the event loops can.
        around("probes", shared, base, { probes: [200, 500] }, 10),
      ];
    }
  }
}

function expectedMs({ blocking, blockers, workers, executor }: SchedulingDelayScenario): number {
  const startMs = 350;
  const { sleeps, blockMs } = blockingPatterns[blocking];
  const starved = executor === "pinned" ? blockers > 0 : blockers >= workers;
  const timersMs = blockers === 0 ? 2 * sleeps * sleepMs : 0;
  return startMs + sleeps * sleepMs + timersMs + (blockers > 0 ? blockMs : 0) + (starved ? 5 * blockMs : 0);
}

function probeOverheads({ source, overheadNs }: ColumnsOf<typeof response>): Float64Array {
  return Float64Array.from(overheadNs).filter((_, row) => source[row] === "probe");
}
