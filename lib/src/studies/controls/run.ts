import { platform, setPriority } from "node:os";
import { PerformanceObserver } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { dispatcherDelayP99 } from "../../design/dispatcher-delay.ts";
import type { RunResult } from "../../design/experiment.ts";
import { runOnBareTimer } from "../../executor/bare-timer.ts";
import type { Records } from "../../executor/executor.ts";
import { type ExecutorName, executors } from "../../executor/executors.ts";
import { runOnFutexTimer } from "../../executor/futex-timer.ts";
import { NotTestableError } from "../../measure/study-error.ts";
import { seededRandom } from "../../stats/random.ts";
import { columnsFrom } from "../../tables/columns-from.ts";
import type { TaskSpec } from "../../workload/programs.ts";
import { keepCoresAwake } from "./keep-cores-awake.ts";
import { playPingPong } from "./ping-pong.ts";
import { response } from "./response.ts";

export interface ControlsScenario {
  readonly system: ExecutorName | "bare-timer" | "futex-timer" | "atomics" | "messages";
  readonly program: "probe" | "long probe" | "yielder" | "ping-pong";
  readonly label: "a" | "b";
  readonly workers: number;
  readonly tasks: number;
  readonly cores: "as found" | "kept awake";
  readonly heap: "64 MB" | "default";
  readonly recording: "on" | "off";
  readonly priority: "equal" | "dispatcher first";
  readonly compiler: "no top tier" | "top tier";
  readonly age: "fresh" | "long-lived";
}

export const sleepMs = 10;
const sleeps = { probe: 10, "long probe": 40 };
export const yields = 200;
export const rounds = 200;
/** Load that goes before what is measured in a long-lived process: more than V8 takes to compile what is hot. */
export const ageMs = 2000;
const agingSleeps = ageMs / sleepMs;

/** Sleeps of each task; none where the tasks do something else. */
export function sleepsOf({ program }: Pick<ControlsScenario, "program">): number {
  return program === "probe" || program === "long probe" ? sleeps[program] : 0;
}

interface Row {
  readonly kind: "overhead" | "yields" | "round-trip" | "kernel-wait" | "collection";
  readonly task?: number;
  readonly round?: number;
  readonly valueNs: number;
  readonly thereNs?: number;
  readonly count?: number;
}

/** Measures one control once, and beside it what the kernel and the collector did to the dispatching thread. */
export async function runControls(
  scenario: ControlsScenario,
  seed: number,
): Promise<RunResult<typeof response>> {
  const letSleep = scenario.cores === "kept awake" ? await keepCoresAwake() : () => Promise.resolve();
  const collections: Row[] = [];
  const observer = new PerformanceObserver((list) =>
    collections.push(...list.getEntries().map(toCollection)),
  );
  observer.observe({ entryTypes: ["gc"] });
  try {
    const { rows, lostSamples, dispatcherDelayP99Ns } = await measure(scenario, seededRandom(seed));
    collections.push(...observer.takeRecords().map(toCollection));
    return { samples: toColumns([...rows, ...collections]), lostSamples, dispatcherDelayP99Ns };
  } finally {
    observer.disconnect();
    await letSleep();
  }
}

async function measure(scenario: ControlsScenario, random: () => number) {
  const { system } = scenario;
  if (system === "atomics" || system === "messages") {
    const trips = await playPingPong(system, rounds, () => sleep(1));
    const rows = trips.map(
      ({ wholeNs, thereNs }, round): Row => ({ kind: "round-trip", round, valueNs: wholeNs, thereNs }),
    );
    return { rows, lostSamples: rounds - trips.length, dispatcherDelayP99Ns: null };
  }
  const tasks = Array.from({ length: scenario.tasks }, () => specOf(scenario, random));
  const first = scenario.priority === "dispatcher first" ? [beforeWorkers()] : [];
  const isProbe = sleepsOf(scenario) > 0;
  const isMetered = isProbe && scenario.age === "fresh";
  const specs = isMetered ? [...tasks, meterOf(scenario), ...first] : tasks;
  const records =
    system === "bare-timer" || system === "futex-timer"
      ? await timers[system](specs)
      : await executors[system](specs, scenario.workers, { recording: scenario.recording === "on" });
  const measured = isProbe ? overheadRows(records) : yieldRows(records);
  const rows = isProbe ? [...measured, ...waitRows(records)] : measured;
  const expected = scenario.tasks * (isProbe ? sleepsOf(scenario) : 1);
  const dispatcherDelayP99Ns = isProbe ? dispatcherDelayP99(records.polls) : null;
  return { rows, lostSamples: expected - measured.length, dispatcherDelayP99Ns };
}

/** Timers without workers. */
const timers = { "bare-timer": runOnBareTimer, "futex-timer": runOnFutexTimer } as const;

/** Looks on from the thread that dispatches, for as long as every probe is under way. */
function meterOf(scenario: ControlsScenario): TaskSpec {
  return { program: "waitMeter", parameters: { slices: sleepsOf(scenario), sliceMs: sleepMs } };
}

/**
 * Puts the dispatching thread before the workers.
 *
 * @throws {NotTestableError} where a thread has no niceness of its own or may not lower it
 */
function beforeWorkers(): TaskSpec {
  const niceness = -10;
  try {
    if (platform() !== "linux") throw new Error("niceness belongs to whole processes");
    setPriority(0, niceness);
    setPriority(0, 0);
  } catch (cause) {
    throw new NotTestableError("a thread's priority cannot be raised here: it takes Linux and the right to", {
      cause,
    });
  }
  return { program: "raisePriority", parameters: { niceness } };
}

function specOf(scenario: ControlsScenario, random: () => number): TaskSpec {
  const isOld = scenario.age === "long-lived";
  return scenario.program === "yielder"
    ? { program: "yielder", parameters: { polls: yields, agingMs: isOld ? ageMs : 0 } }
    : {
        program: "probe",
        parameters: {
          sleeps: sleepsOf(scenario),
          sleepMs,
          phaseMs: random() * sleepMs,
          agingSleeps: isOld ? agingSleeps : 0,
        },
      };
}

function overheadRows({ polls }: Records): Row[] {
  return Array.from(polls.tag.keys())
    .filter((row) => (polls.tag[row] as number) >= 0)
    .map((row) => ({
      kind: "overhead",
      task: polls.task[row] as number,
      round: polls.tag[row] as number,
      valueNs: Math.round((polls.startedNs[row] as number) - (polls.dueNs[row] as number)),
    }));
}

function waitRows({ events }: Records): Row[] {
  return events.map(([slice, waitedNs, preemptions]) => ({
    kind: "kernel-wait",
    round: slice as number,
    valueNs: waitedNs as number,
    count: preemptions as number,
  }));
}

function yieldRows({ events }: Records): Row[] {
  return events.map(([tookNs], task) => ({
    kind: "yields",
    task,
    valueNs: Math.round(tookNs as number),
    count: yields,
  }));
}

function toCollection({ duration }: { duration: number }): Row {
  return { kind: "collection", valueNs: Math.round(duration * 1e6) };
}

function toColumns(rows: readonly Row[]) {
  const absent = { task: null, round: null, thereNs: null, count: null };
  return columnsFrom(
    response,
    rows.map((row) => ({ ...absent, ...row })),
  );
}
