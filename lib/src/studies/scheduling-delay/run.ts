import { range } from "../../design/design-parts.ts";
import { dispatcherDelayP99 } from "../../design/dispatcher-delay.ts";
import type { RunResult } from "../../design/experiment.ts";
import { namesOf } from "../../design/names-of.ts";
import { runOnBareTimer } from "../../executor/bare-timer.ts";
import type { Records } from "../../executor/executor.ts";
import { type ExecutorName, executors } from "../../executor/executors.ts";
import { runOnFutexTimer } from "../../executor/futex-timer.ts";
import { seededRandom } from "../../stats/random.ts";
import type { ColumnsOf } from "../../tables/schema.ts";
import type { BlockerParameters } from "../../workload/blocker.ts";
import type { TaskSpec } from "../../workload/programs.ts";
import type { response } from "./response.ts";

export interface SchedulingDelayScenario {
  readonly executor: ExecutorName;
  readonly workers: number;
  readonly probes: number;
  readonly blockers: number;
  readonly load: "closed-loop" | "open-loop";
  readonly blocking: keyof typeof blockingPatterns;
  readonly phase: "spread" | "aligned";
}

export const sleepMs = 10;

/** How blockers block, and how many sleeps a probe needs to see it. `startMs` is drawn where it is a range. */
export const blockingPatterns = {
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

/** Timers without workers, by the name of their rows. */
const timers = { "bare-timer": runOnBareTimer, "futex-timer": runOnFutexTimer } as const;
const timerNames = namesOf(timers);

/** Measures one scenario once; runs without blockers also measure the timers alone, each before or after. */
export async function runSchedulingDelay(
  scenario: SchedulingDelayScenario,
  seed: number,
): Promise<RunResult<typeof response>> {
  const random = seededRandom(seed);
  const { sleeps } = blockingPatterns[scenario.blocking];
  const probes = probeSpecs(scenario, sleeps, random);
  const specs = [...probes, ...blockerSpecs(scenario, random)];

  const measured: [string, Records][] = [];
  const measureTimers = async (names: readonly (keyof typeof timers)[]): Promise<void> => {
    for (const name of names) measured.push([name, await timers[name](probes)]);
  };
  const isControl = scenario.blockers === 0;
  const first = isControl ? timerNames.filter(() => random() < 0.5) : [];
  const later = isControl ? timerNames.filter((name) => !first.includes(name)) : [];
  await measureTimers(first);
  const records = await executors[scenario.executor](specs, scenario.workers);
  measured.push(["executor", records]);
  await measureTimers(later);

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
  return phases.flatMap((phaseMs, home) =>
    range(0, sleeps - 1).map((round): TaskSpec => {
      return { program: "wakeUp", home, parameters: { dueMs: phaseMs + (round + 1) * sleepMs, round } };
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
function toSamples(
  measured: readonly [string, Records][],
  probeTasks: number,
  tasksPerProbe: number,
): ColumnsOf<typeof response> {
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
      system !== "executor" ? system : isProbe(task) ? "probe" : "blocker",
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
  };
}
