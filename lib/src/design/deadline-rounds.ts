import { sum } from "simple-statistics";
import type { Records } from "../executor/executor.ts";
import { type ExecutorName, executors } from "../executor/executors.ts";
import { seededRandom } from "../stats/random.ts";
import type { deadlineResponse } from "../tables/deadline-response.ts";
import type { ColumnsOf } from "../tables/schema.ts";
import type { TaskSpec } from "../workload/programs.ts";
import { deadlineRows } from "./deadline-rows.ts";
import { range } from "./design-parts.ts";

/** Tasks that send request after request, none of which blocks, while others hold workers. */
export interface DeadlineRounds {
  readonly executor: ExecutorName;
  readonly workers: number;
  readonly tasks: number;
  /** Requests of each task. */
  readonly rounds: number;
  readonly blockers: number;
  /** Sustained: out of step and without end. Original: in step, one block a round, together with the first round. */
  readonly blocking: "sustained" | "original";
}

/** The published parameters: 10 × 1 ms of sleep under a 100 ms time-out, beside blockers of 80 ms. */
export const deadline = { sleeps: 10, sleepMs: 1, timeoutMs: 100, blockMs: 80 } as const;

/** Tasks start at seeded offsets, so that their wake-ups do not come together. */
const startWithinMs = deadline.sleeps * deadline.sleepMs;

/** Measures the rounds once; gives the rows of `deadlineResponse`, and the records that they were made from. */
export async function runDeadlineRounds(
  load: DeadlineRounds,
  seed: number,
): Promise<{ samples: ColumnsOf<typeof deadlineResponse>; lostSamples: number; records: Records }> {
  const random = seededRandom(seed);
  const specs = [...taskSpecs(load, random), ...blockerSpecs(load, random)];
  const records = await executors[load.executor](specs, load.workers, { watch: true });
  return {
    samples: deadlineRows(records, { ...load, leadMs: leadMs(load) }),
    lostSamples: load.tasks * load.rounds - records.events.length,
    records,
  };
}

/** Counts the requests that timed out, and all, of a run's rows. */
export function countTimedOut({ timedOut, requests }: ColumnsOf<typeof deadlineResponse>): {
  failed: number;
  trials: number;
} {
  return { failed: sum(Array.from(timedOut, Number)), trials: sum(Array.from(requests, Number)) };
}

/** How long a run of the rounds takes, its process's start included, as far as the design alone tells (ms). */
export function expectedRoundsMs(load: DeadlineRounds): number {
  const { executor, workers, tasks, rounds, blockers, blocking } = load;
  const { timeoutMs, blockMs } = deadline;
  const startMs = 250;
  const laps = Math.ceil(blockers / workers);
  const starved = executor === "pinned" ? blockers > 0 : blockers >= workers;
  const starvedMs = executor === "pinned" ? (laps + 2) * blockMs : timeoutMs + blockMs / 2;
  const pollsAMs = { "run-queue": 100, piscina: 30, pinned: 80 }[executor];
  return (
    startMs +
    leadMs(load) +
    Math.max(
      rounds * (startWithinMs + 3),
      blocking === "original" ? (laps * rounds + 2) * blockMs : starved ? rounds * starvedMs : 0,
      (tasks * rounds * 4) / pollsAMs,
    )
  );
}

/** Endless blockers are all under way when the first task starts. */
function leadMs({ blockers, blocking }: DeadlineRounds): number {
  return blockers > 0 && blocking === "sustained" ? 2 * deadline.blockMs : 0;
}

function taskSpecs(load: DeadlineRounds, random: () => number): TaskSpec[] {
  const { sleeps, sleepMs, timeoutMs } = deadline;
  const request = { blockingShare: 0, blockMs: 0, sleeps, sleepMs, timeoutMs };
  return range(0, load.tasks - 1).map((client) => ({
    program: "client",
    parameters: {
      ...request,
      client,
      requests: load.rounds,
      startMs: leadMs(load) + random() * startWithinMs,
    },
  }));
}

function blockerSpecs({ blockers, blocking, rounds }: DeadlineRounds, random: () => number): TaskSpec[] {
  const { blockMs } = deadline;
  return Array.from({ length: blockers }, () =>
    blocking === "sustained"
      ? {
          program: "blocker",
          parameters: { blockMs, blocks: "until-drained", startMs: random() * blockMs },
          background: true,
        }
      : { program: "blocker", parameters: { blockMs, blocks: rounds, startMs: 0 } },
  );
}
