import { around, cross, range } from "../../design/design-parts.ts";
import type { DesignPart, Experiment, Profile } from "../../design/experiment.ts";
import { defaultWorkerCounts } from "../../design/worker-counts.ts";
import { executorNames } from "../../executor/executors.ts";
import { columnOf } from "../../tables/column-of.ts";
import { publishedWorkers } from "../../tables/main-workers.ts";
import type { Columns, Schema } from "../../tables/schema.ts";
import { blockingPatterns, runSchedulingDelay, type SchedulingDelayScenario, sleepMs } from "./run.ts";

const response: Schema = {
  source: {
    type: "category",
    unit: "",
    meaning:
      "probe, blocker, or bare-timer: the same sleeps as plain setTimeout loops without workers, in the same run",
  },
  task: { type: "uint16", unit: "1", meaning: "number of the probe or blocker within its kind" },
  round: { type: "uint16", unit: "1", meaning: "number of the poll within its task" },
  dueNs: { type: "int64", unit: "ns", meaning: "when the poll was due, since the run's origin" },
  dispatchNs: {
    type: "int64",
    unit: "ns",
    meaning: "handed to the workers − due; null where nobody stands between timer and worker",
    nullable: true,
  },
  overheadNs: {
    type: "int64",
    unit: "ns",
    meaning: "actual − requested sleep: started − due; negative when the timer fired early",
  },
  heldNs: { type: "int64", unit: "ns", meaning: "ended − started: how long the poll held its worker" },
  worker: {
    type: "uint8",
    unit: "1",
    meaning: "worker that ran the poll; null for bare-timer",
    nullable: true,
  },
};

/** Declares the blocker sweep for the given worker counts. */
export function experiment(workerCounts: readonly number[] = defaultWorkerCounts()): Experiment {
  const mostBlockers = Math.max(...workerCounts) + 2;
  return {
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
        levels: Object.keys(blockingPatterns),
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
    expectedMs: (scenario) => expectedMs(scenario as unknown as SchedulingDelayScenario),
    run: (scenario, seed) => runSchedulingDelay(scenario as unknown as SchedulingDelayScenario, seed),
  };
}

const base = { probes: 50, load: "closed-loop", blocking: "original", phase: "spread" } as const;

function design(profile: Profile, workerCounts: readonly number[]): readonly DesignPart[] {
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
  const bareTimerMs = blockers === 0 ? sleeps * sleepMs : 0;
  return (
    startMs + sleeps * sleepMs + bareTimerMs + (blockers > 0 ? blockMs : 0) + (starved ? 5 * blockMs : 0)
  );
}

function probeOverheads(samples: Columns): Float64Array {
  const source = columnOf(samples, "source");
  return Float64Array.from(columnOf(samples, "overheadNs"), Number).filter(
    (_, row) => source[row] === "probe",
  );
}
