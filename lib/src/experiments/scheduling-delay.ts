import { runOnBareTimer } from "../executor/bare-timer.ts";
import type { Records } from "../executor/executor.ts";
import { type ExecutorName, executorNames, executors } from "../executor/executors.ts";
import { seededRandom } from "../stats/random.ts";
import type { Columns, Schema } from "../tables/schema.ts";
import type { BlockerParameters } from "../workload/blocker.ts";
import type { TaskSpec } from "../workload/programs.ts";
import { around, cross, range } from "./design.ts";
import { dispatcherDelayP99 } from "./dispatcher-delay.ts";
import type { DesignPart, Experiment, Profile, RunResult } from "./experiment.ts";
import { defaultWorkerCounts, publishedWorkers } from "./worker-counts.ts";

interface SchedulingDelayScenario {
  readonly executor: ExecutorName;
  readonly workers: number;
  readonly probes: number;
  readonly blockers: number;
  readonly load: "closed-loop" | "open-loop";
  readonly blocking: keyof typeof blockingPatterns;
  readonly phase: "spread" | "aligned";
}

const sleepMs = 10;

/** How blockers block, and how many sleeps a probe needs to see it. `startMs` is drawn where it is a range. */
const blockingPatterns = {
  /** The published study: five blocks of 50 ms, a yield between, all from the start. */
  original: { blockMs: 50, blocks: 5, startMs: [0, 0], sleeps: 10 },
  /** Blocks of 50 ms without end, out of step with each other. */
  sustained: { blockMs: 50, blocks: "until-drained", startMs: [0, 50], sleeps: 10 },
  /** One block of 150 ms, all at the same moment, while the probes are under way. */
  burst: { blockMs: 150, blocks: 1, startMs: [30, 30], sleeps: 20 },
} as const satisfies Record<
  string,
  Omit<BlockerParameters, "startMs"> & { startMs: readonly [number, number]; sleeps: number }
>;

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
export function schedulingDelay(workerCounts: readonly number[] = defaultWorkerCounts()): Experiment {
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
    design: (profile) => design(profile, workerCounts),
    expectedMs: (scenario) => expectedMs(scenario as unknown as SchedulingDelayScenario),
    run: (scenario, seed) => run(scenario as unknown as SchedulingDelayScenario, seed),
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
  const cliff = (workers: number) => [0, workers - 1, workers];

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
        around("base", grid(cliff, workerCounts), base, {}, 3),
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

async function run(scenario: SchedulingDelayScenario, seed: number): Promise<RunResult> {
  const random = seededRandom(seed);
  const { sleeps } = blockingPatterns[scenario.blocking];
  const probes = probeSpecs(scenario, sleeps, random);
  const specs = [...probes, ...blockerSpecs(scenario, random)];

  const measured: [string, Records][] = [];
  const bareTimer = async (): Promise<void> => {
    measured.push(["bare-timer", await runOnBareTimer(probes)]);
  };
  const bareTimerFirst = random() < 0.5;
  const isControl = scenario.blockers === 0;
  if (isControl && bareTimerFirst) await bareTimer();
  const records = await executors[scenario.executor](specs, scenario.workers);
  measured.push(["executor", records]);
  if (isControl && !bareTimerFirst) await bareTimer();

  const tasksPerProbe = probes.length / scenario.probes;
  const samples = toSamples(measured, probes.length, tasksPerProbe);
  const expected = scenario.probes * sleeps * measured.length;
  const arrived = samples.source.filter((source) => source !== "blocker").length;
  return {
    samples,
    lostSamples: expected - arrived,
    dispatcherDelayP99Ns: dispatcherDelayP99(records.polls),
  };
}

function probeSpecs(scenario: SchedulingDelayScenario, sleeps: number, random: () => number): TaskSpec[] {
  const phases = Array.from({ length: scenario.probes }, () =>
    scenario.phase === "spread" ? random() * sleepMs : 0,
  );
  if (scenario.load === "closed-loop") {
    return phases.map((phaseMs) => ({ program: "probe", parameters: { sleeps, sleepMs, phaseMs } }));
  }
  return phases.flatMap((phaseMs) =>
    range(0, sleeps - 1).map((round): TaskSpec => {
      return { program: "wakeUp", parameters: { dueMs: phaseMs + (round + 1) * sleepMs, round } };
    }),
  );
}

function blockerSpecs({ blockers, blocking }: SchedulingDelayScenario, random: () => number): TaskSpec[] {
  const { blockMs, blocks, startMs } = blockingPatterns[blocking];
  const [earliest, latest] = startMs;
  return Array.from({ length: blockers }, () => ({
    program: "blocker",
    parameters: { blockMs, blocks, startMs: earliest + random() * (latest - earliest) },
    background: blocks === "until-drained",
  }));
}

/** Turns polls into rows; polls with a negative tag only bring a task to its start and are left out. */
function toSamples(measured: readonly [string, Records][], probeTasks: number, tasksPerProbe: number) {
  const rows = measured.flatMap(([system, { polls }]) =>
    Array.from(polls.tag.keys())
      .filter((row) => (polls.tag[row] as number) >= 0)
      .map((row) => ({ system, polls, row, task: polls.task[row] as number })),
  );
  const nanoseconds = (value: (row: (typeof rows)[number]) => number) =>
    Float64Array.from(rows, (row) => Math.round(value(row)));
  const isProbe = (task: number) => task < probeTasks;
  const blocks = new Map<number, number>();
  const nextBlock = (task: number): number => {
    const block = blocks.get(task) ?? 0;
    blocks.set(task, block + 1);
    return block;
  };
  return {
    source: rows.map(({ system, task }) =>
      system === "bare-timer" ? system : isProbe(task) ? "probe" : "blocker",
    ),
    task: Uint16Array.from(rows, ({ task }) =>
      isProbe(task) ? Math.floor(task / tasksPerProbe) : task - probeTasks,
    ),
    round: Uint16Array.from(rows, ({ polls, row, task }) =>
      isProbe(task) ? (polls.tag[row] as number) : nextBlock(task),
    ),
    dueNs: nanoseconds(({ polls, row }) => polls.dueNs[row] as number),
    dispatchNs: rows.map(({ polls, row }) => {
      const dispatchNs = (polls.enqueuedNs[row] as number) - (polls.dueNs[row] as number);
      return Number.isNaN(dispatchNs) ? null : Math.round(dispatchNs);
    }),
    overheadNs: nanoseconds(
      ({ polls, row }) => (polls.startedNs[row] as number) - (polls.dueNs[row] as number),
    ),
    heldNs: nanoseconds(
      ({ polls, row }) => (polls.endedNs[row] as number) - (polls.startedNs[row] as number),
    ),
    worker: rows.map(({ polls, row }) =>
      (polls.worker[row] as number) < 0 ? null : (polls.worker[row] as number),
    ),
  } satisfies Columns;
}
