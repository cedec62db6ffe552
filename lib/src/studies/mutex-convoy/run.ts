import { range } from "../../design/design-parts.ts";
import type { RunResult } from "../../design/experiment.ts";
import { unevenBlockers } from "../../design/uneven-blockers.ts";
import type { Records } from "../../executor/executor.ts";
import { executors } from "../../executor/executors.ts";
import { seededRandom } from "../../stats/random.ts";
import type { ColumnsOf } from "../../tables/schema.ts";
import { AsyncLock } from "../../workload/async-lock.ts";
import { takesBlockingPath } from "../../workload/client.ts";
import { type CriticalSection, lockUserEvent } from "../../workload/lock-user.ts";
import type { TaskSpec } from "../../workload/programs.ts";
import type { response } from "./response.ts";
import { ThreadLock } from "./thread-lock.ts";

export interface MutexConvoyScenario {
  readonly executor: "run-queue" | "piscina";
  readonly workers: number;
  readonly workload: "independent" | "contention";
  readonly lock: "none" | "fair" | "barging" | "thread";
  readonly section: "yields" | "poll";
  readonly tasks: number;
  readonly blockers: number;
}

/** The published parameters. */
export const rounds = 10;
export const timeoutMs = 200;
const contendingShare = 0.3;
const sectionYields = 3;
const sleepMs = 1;
const sleeps = { afterSection: 2, alone: 5 } as const;

/** How many rounds of each role a run keeps: evenly taken, in order of their end. */
const kept = { contender: 320, bystander: 60 } as const;

type Role = keyof typeof kept;

/** Measures one scenario once. */
export async function runMutexConvoy(
  scenario: MutexConvoyScenario,
  seed: number,
): Promise<RunResult<typeof response>> {
  const random = seededRandom(seed);
  const specs = [...unevenBlockers(scenario.blockers, random), ...userSpecs(scenario, random)];
  const records = await executors[scenario.executor](specs, scenario.workers);
  return {
    samples: toSamples(records),
    lostSamples: scenario.tasks * rounds - records.events.length,
    // A poll a millisecond and task is more than one dispatcher hands over: its delay is part of the response.
    dispatcherDelayP99Ns: null,
  };
}

function userSpecs(scenario: MutexConvoyScenario, random: () => number): TaskSpec[] {
  const section = sectionOf(scenario);
  return range(0, scenario.tasks - 1).map((user) => {
    const locks = section !== null && roleOf(user) === "contender";
    return {
      program: "lockUser",
      parameters: {
        user,
        rounds,
        section: locks ? section : null,
        sleeps: locks ? sleeps.afterSection : sleeps.alone,
        sleepMs,
        timeoutMs,
        startMs: random() * sleeps.alone * sleepMs,
      },
    };
  });
}

/** Independent tasks have the same roles, so that like is compared with like. */
function roleOf(user: number): Role {
  return takesBlockingPath(user, contendingShare) ? "contender" : "bystander";
}

function sectionOf({ lock, section }: MutexConvoyScenario): CriticalSection | null {
  if (lock === "none") return null;
  const inPoll = section === "poll";
  const request = inPoll
    ? ({ work: "park", argument: sleepMs, times: 1 } as const)
    : ({ work: "nothing", argument: 0, times: 1 } as const);
  if (lock === "thread") {
    const threadLock = new ThreadLock(timeoutMs);
    return inPoll
      ? { lock: null, polls: 1, request: { ...request, work: "parkLocked" } }
      : { lock: threadLock, polls: sectionYields, request };
  }
  return { lock: new AsyncLock(lock), polls: inPoll ? 1 : sectionYields, request };
}

/** Counts all rounds, and keeps an even share of each role's rounds as they were. */
function toSamples({ events }: Records): ColumnsOf<typeof response> {
  const spanUs = micro(
    Math.max(...events.map((event) => of(event, "beganNs") + of(event, "latencyNs"))) -
      Math.min(...events.map((event) => of(event, "beganNs"))),
  );
  const roles = Map.groupBy(events, (event) => roleOf(of(event, "user")));
  const rows = [...roles].flatMap(([role, ofRole]) => {
    const totals = [...Map.groupBy(ofRole, outcomeOf)].map(([outcome, ended]) => ({
      row: "total",
      role,
      outcome,
      rounds: ended.length,
      spanUs,
      event: null,
    }));
    const step = Math.ceil(ofRole.length / kept[role]);
    const some = ofRole
      .filter((_, index) => index % step === 0)
      .map((event) => ({
        row: "round",
        role,
        outcome: outcomeOf(event),
        rounds: null,
        spanUs: null,
        event,
      }));
    return [...totals, ...some];
  });
  const column = (name: (typeof lockUserEvent)[number], convert: (value: number) => number) =>
    rows.map(({ event }) => {
      const value = event === null ? Number.NaN : of(event, name);
      return Number.isNaN(value) ? null : convert(value);
    });
  return {
    row: rows.map(({ row }) => row),
    role: rows.map(({ role }) => role),
    outcome: rows.map(({ outcome }) => outcome),
    rounds: rows.map(({ rounds: count }) => count),
    spanUs: rows.map((row) => row.spanUs),
    user: column("user", Number),
    round: column("round", Number),
    latencyUs: column("latencyNs", micro),
    lockWaitUs: column("lockWaitNs", micro),
    handOverUs: column("handOverNs", micro),
    holdUs: column("holdNs", micro),
    waitUs: column("waitNs", micro),
    dispatchUs: column("dispatchNs", micro),
  };
}

function outcomeOf(event: readonly number[]): "completed" | "timed-out" {
  return of(event, "timedOut") === 1 ? "timed-out" : "completed";
}

function of(event: readonly number[], name: (typeof lockUserEvent)[number]): number {
  return event[lockUserEvent.indexOf(name)] as number;
}

function micro(nanoseconds: number): number {
  return Math.round(nanoseconds / 1000);
}
