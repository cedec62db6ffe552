import pLimit from "p-limit";
import type { Piscina } from "piscina";
import { namesOf } from "../../design/names-of.ts";
import type { BlockingJob, BlockingJobName } from "./blocking-jobs.ts";
import type { Step, StepMessage, StepTimes } from "./remedy-worker.ts";

/** A piece of blocking work on its way; `signal` withdraws it while it waits. */
export interface Submission extends Omit<Step, "awaited" | "job"> {
  readonly signal?: AbortSignal;
}

/** What a route needs. */
export interface Surroundings {
  /** The pool that the probes run on. */
  readonly pool: Piscina;
  /** A second one, for blocking work alone. */
  readonly isolated: Piscina | null;
  readonly workers: number;
  readonly jobName: BlockingJobName;
  /** The work as the calling thread would do it. */
  readonly job: BlockingJob;
  readonly originNs: bigint;
}

/** Sends one job through; resolves with how long it held a worker (ns), null where no worker ran it. */
export type Route = (submission: Submission) => Promise<number | null>;

/**
 * Who runs blocking work, and when: the workers that everybody shares, or what a remedy puts in their place.
 *
 *     as-is          caller ──▶ [ queue ] ──▶ shared workers, which the probes need
 *     inline         caller does it itself
 *     async          caller ──▶ timer, or libuv's pool, which everything else in the process needs
 *     await-in-task  caller ──▶ [ queue ] ──▶ shared worker that awaits: not blocked, and not free either
 *     isolated       caller ──▶ [ queue ] ──▶ workers of a second pool
 *     chunked        caller ─┬▶ [ queue ] ──▶ shared workers ─┐
 *                            └──────── next piece ◀───────────┘
 *     admission      caller ──▶ [ at most workers − 1 ] ──▶ [ queue ] ──▶ shared workers
 *     abort-…        as-is, with a signal that takes waiting work out of the queue
 */
const routes = {
  "as-is": (at) => (submission) => runStep(at.pool, at, submission),
  inline:
    ({ job }) =>
    async ({ amount }) => {
      job.perform(amount);
      return null;
    },
  async:
    ({ job }) =>
    async ({ amount }) => {
      if (job.performAsync === undefined) throw new TypeError("job must have an asynchronous equivalent");
      await job.performAsync(amount);
      return null;
    },
  "await-in-task": (at) => (submission) => runStep(at.pool, at, submission, { awaited: true }),
  isolated: (at) => {
    const { isolated } = at;
    if (isolated === null) throw new TypeError("route isolated needs a second pool; got none");
    return (submission) => runStep(isolated, at, submission);
  },
  chunked: (at) => async (submission) => {
    let heldNs = 0;
    for (const amount of at.job.pieces(submission.amount)) {
      heldNs += await runStep(at.pool, at, { ...submission, amount });
    }
    return heldNs;
  },
  admission: (at) => {
    const limit = pLimit(Math.max(1, at.workers - 1));
    return (submission) => limit(() => runStep(at.pool, at, submission));
  },
  "abort-at-deadline": (at) => (submission) => runStep(at.pool, at, submission),
  "abort-in-time": (at) => (submission) => runStep(at.pool, at, submission),
} as const satisfies Record<string, (at: Surroundings) => Route>;

export type RemedyName = keyof typeof routes;

export const remedyNames = namesOf(routes);

/** Opens the way that blocking work takes under a remedy. */
export function openRoute(remedy: RemedyName, surroundings: Surroundings): Route {
  return routes[remedy](surroundings);
}

async function runStep(
  pool: Piscina,
  { originNs, jobName }: Surroundings,
  { signal, ...step }: Submission,
  options: Pick<Step, "awaited"> = {},
): Promise<number> {
  const message: StepMessage = { originNs, step: { job: jobName, ...step, ...options } };
  const [startedNs, endedNs] = (await pool.run(message, signal ? { signal } : {})) as StepTimes;
  return endedNs - startedNs;
}
