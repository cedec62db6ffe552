import { range } from "../../design/design-parts.ts";
import type { RunResult } from "../../design/experiment.ts";
import {
  blockerOnNode,
  blockerOnTokio,
  drawUnevenBlockers,
  type Rearming,
  type RearmingBlocker,
} from "../../design/rearming-blockers.ts";
import type { Records } from "../../executor/executor.ts";
import { executors } from "../../executor/executors.ts";
import { runOnTokio } from "../../executor/tokio/run-on-tokio.ts";
import { seededRandom } from "../../stats/random.ts";
import type { ColumnsOf } from "../../tables/schema.ts";
import { AsyncLock } from "../../workload/async-lock.ts";
import { takesBlockingPath } from "../../workload/client.ts";
import { lockUserEvent } from "../../workload/lock-user.ts";
import type { response } from "./response.ts";

export interface TokioMutexConvoyScenario {
  readonly executor: "tokio" | "run-queue";
  readonly workers: number;
  readonly workload: "independent" | "contention";
  readonly tasks: number;
  readonly blockers: number;
  readonly rearm: Rearming;
}

/** The published parameters. */
const rounds = 10;
const timeoutMs = 200;
const contendingShare = 0.3;
const sectionYields = 3;
const sleepMs = 1;
const sleeps = { afterSection: 2, alone: 5 } as const;

/** How many rounds of each role a run keeps: evenly taken, in order of their end. */
const kept = { contender: 320, bystander: 60 } as const;

type Role = keyof typeof kept;

/** Measures one scenario once. */
export async function runTokioMutexConvoy(
  scenario: TokioMutexConvoyScenario,
  seed: number,
): Promise<RunResult<typeof response>> {
  const random = seededRandom(seed);
  const blockers = drawUnevenBlockers(scenario.blockers, scenario.rearm, random);
  const startsMs = range(1, scenario.tasks).map(() => random() * sleeps.alone * sleepMs);
  const { events } = await measure(scenario, blockers, startsMs);
  return {
    samples: roundRows(events),
    lostSamples: scenario.tasks * rounds - events.length,
    // Timers are late by design here, on either side: their delay is part of the response.
    dispatcherDelayP99Ns: null,
  };
}

function measure(
  { executor, workers, workload }: TokioMutexConvoyScenario,
  blockers: readonly RearmingBlocker[],
  startsMs: readonly number[],
): Promise<Records> {
  const users = startsMs.map((startMs, user) => {
    const locks = workload === "contention" && roleOf(user) === "contender";
    const common = {
      user,
      rounds,
      sleeps: locks ? sleeps.afterSection : sleeps.alone,
      sleepMs,
      timeoutMs,
      startMs,
    };
    return { locks, common };
  });
  if (executor === "tokio") {
    const tasks = users.map(
      ({ locks, common }) =>
        ({
          program: "lockUser",
          parameters: { ...common, sectionYields: locks ? sectionYields : null },
        }) as const,
    );
    return runOnTokio([...blockers.map(blockerOnTokio), ...tasks], { workers, lifoSlot: true });
  }
  const section = {
    lock: new AsyncLock("fair"),
    polls: sectionYields,
    request: { work: "nothing", argument: 0, times: 1 },
  } as const;
  const tasks = users.map(
    ({ locks, common }) =>
      ({ program: "lockUser", parameters: { ...common, section: locks ? section : null } }) as const,
  );
  return executors[executor]([...blockers.map(blockerOnNode), ...tasks], workers);
}

/** Independent tasks have the same roles, so that like is compared with like. */
function roleOf(user: number): Role {
  return takesBlockingPath(user, contendingShare) ? "contender" : "bystander";
}

/** Counts all rounds, and keeps an even share of each role's rounds as they were. */
export function roundRows(events: readonly (readonly number[])[]): ColumnsOf<typeof response> {
  const endedNs = (event: readonly number[]) => of(event, "beganNs") + of(event, "latencyNs");
  const ended = events.toSorted((a, b) => endedNs(a) - endedNs(b));
  const rows = [...Map.groupBy(ended, (event) => roleOf(of(event, "user")))].flatMap(([role, ofRole]) => {
    const step = Math.ceil(ofRole.length / kept[role]);
    const some = ofRole.filter((_, index) => index % step === 0);
    const totals = [...Map.groupBy(ofRole, outcomeOf)].map(([outcome, ofOutcome]) => {
      return { row: "total", role, outcome, rounds: ofOutcome.length, event: null };
    });
    return [
      ...totals,
      ...some.map((event) => ({ row: "round", role, outcome: outcomeOf(event), rounds: null, event })),
    ];
  });
  const micro = (name: (typeof lockUserEvent)[number]) =>
    rows.map(({ event }) => {
      const ns = event === null ? Number.NaN : of(event, name);
      return Number.isNaN(ns) ? null : Math.round(ns / 1000);
    });
  return {
    row: rows.map(({ row }) => row),
    role: rows.map(({ role }) => role),
    outcome: rows.map(({ outcome }) => outcome),
    rounds: rows.map((row) => row.rounds),
    latencyUs: micro("latencyNs"),
    lockWaitUs: micro("lockWaitNs"),
    handOverUs: micro("handOverNs"),
    holdUs: micro("holdNs"),
    waitUs: micro("waitNs"),
  };
}

function outcomeOf(event: readonly number[]): "completed" | "timed-out" {
  return of(event, "timedOut") === 1 ? "timed-out" : "completed";
}

function of(event: readonly number[], name: (typeof lockUserEvent)[number]): number {
  return event[lockUserEvent.indexOf(name)] as number;
}
