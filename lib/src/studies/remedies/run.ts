import type { Piscina } from "piscina";
import type { RunResult } from "../../design/experiment.ts";
import { watchCollections } from "../../executor/watch-collections.ts";
import { poolFailure, startWorkerPool } from "../../executor/worker-pool.ts";
import { startClock } from "../../measure/clock.ts";
import { entryBeside } from "../../measure/entry-beside.ts";
import { NotTestableError } from "../../measure/study-error.ts";
import { quantile } from "../../stats/quantile.ts";
import { seededRandom } from "../../stats/random.ts";
import type { ColumnsOf } from "../../tables/schema.ts";
import { type BlockingJobName, prepareBlockingJob } from "./blocking-jobs.ts";
import { openRoute, type RemedyName, type Surroundings } from "./remedy-routes.ts";
import type { Readiness, StepMessage } from "./remedy-worker.ts";
import type { response } from "./response.ts";
import { sendJobs } from "./send-jobs.ts";
import { type VictimSample, watchVictims } from "./watch-victims.ts";

export interface RemediesScenario {
  readonly job: BlockingJobName;
  readonly remedy: RemedyName;
  readonly callers: keyof typeof callPatterns;
  readonly payloadKiB: number;
}

/** Two, so that computing threads do not outnumber the cores of a small host; libuv's pool keeps its default of four. */
export const workers = 2;
const blockMs = 50;
const libuvThreads = 4;

export interface CallPattern {
  readonly windowMs: number;
  /** Callers that send their next job when the last has ended; null where jobs come at intended times. */
  readonly callers: number | null;
  readonly jobsPerSecond: number;
  /** After this time a caller gives up. */
  readonly deadlineMs: number | null;
  /** Jobs a caller sends, at most. */
  readonly jobs: number;
  readonly probes: number;
  readonly stats: number;
}

const victims = { probes: 250, stats: 150 } as const;
const patient = {
  windowMs: 500,
  callers: 6,
  jobsPerSecond: 0,
  deadlineMs: null,
  jobs: Number.POSITIVE_INFINITY,
} as const;

/** How jobs are sent, and how many victims there are, at random moments of the window. */
export const callPatterns = {
  none: { ...patient, ...victims, callers: 0 },
  patient: { ...patient, ...victims },
  /** Half as much again as two workers can do. */
  hurried: { ...patient, ...victims, windowMs: 800, callers: null, jobsPerSecond: 60, deadlineMs: 150 },
  single: { ...patient, callers: 1, jobs: 200, probes: 0, stats: 0 },
} as const satisfies Record<string, CallPattern>;

/** One row of the samples. */
export interface RemedySample {
  readonly kind: VictimSample["kind"] | "job";
  readonly dueNs: number;
  readonly delayNs: number;
  readonly dispatchNs: number | null;
  readonly heldNs: number | null;
  readonly outcome: "completed" | "timed-out" | null;
}

/** Measures one remedy once: starts the pools, sends jobs, watches the victims, and waits until all work has ended. */
export async function runRemedies(
  scenario: RemediesScenario,
  seed: number,
): Promise<RunResult<typeof response>> {
  const size = process.env["UV_THREADPOOL_SIZE"] ?? String(libuvThreads);
  if (size !== String(libuvThreads)) {
    throw new NotTestableError(
      `libuv's pool must have its default of ${libuvThreads} threads; UV_THREADPOOL_SIZE is ${size}`,
    );
  }
  const pattern: CallPattern = callPatterns[scenario.callers];
  const random = seededRandom(seed);
  const job = await prepareBlockingJob(scenario.job);
  const pool = startWorkerPool(entryBeside(import.meta.url, "remedy-worker"), workers);
  const isolated =
    scenario.remedy === "isolated"
      ? startWorkerPool(entryBeside(import.meta.url, "remedy-worker"), workers)
      : null;
  const pools = isolated ? [pool, isolated] : [pool];
  try {
    const speeds: number[] = [];
    for (const each of pools) speeds.push(await ready(each, scenario.job));
    const tells = await Promise.all(pools.map((each) => watchCollections(each, workers)));
    const originNs = process.hrtime.bigint();
    const now = startClock(originNs);
    const surroundings: Surroundings = { pool, isolated, workers, jobName: scenario.job, job, originNs };
    const measured = Promise.all([
      sendJobs({
        pattern,
        remedy: scenario.remedy,
        route: openRoute(scenario.remedy, surroundings),
        amount: amountOf(scenario.job, Math.max(...speeds)),
        payload: scenario.payloadKiB > 0 ? new Uint8Array(scenario.payloadKiB * 1024) : null,
        now,
        random,
      }),
      watchVictims({ pattern, pool, originNs, now, random }),
    ]);
    const [jobs, watched] = await Promise.race([measured, ...pools.map(poolFailure)]);
    await Promise.all(tells.map((tell) => tell()));
    return result(jobs, watched, pattern, scenario.job);
  } finally {
    await Promise.all(pools.map((each) => each.close()));
  }
}

/** Lets every worker load what it needs, no probe waits for that; returns how fast the fastest computes. */
async function ready(pool: Piscina, job: BlockingJobName): Promise<number> {
  const awaited = new Int32Array(new SharedArrayBuffer(4)).fill(workers);
  const answers = (await Promise.all(
    Array.from({ length: workers }, () => pool.run({ prepare: job, awaited } satisfies StepMessage)),
  )) as Readiness[];
  return Math.max(
    ...answers.map((answer) => {
      if ("notTestable" in answer) throw new NotTestableError(answer.notTestable);
      return answer.stepsPerMs;
    }),
  );
}

/** What a job is told: milliseconds, or as many steps as take so long on a core of its own. */
function amountOf(job: BlockingJobName, stepsPerMs: number): number {
  if (job === "nothing") return 0;
  return job === "compute" ? blockMs * stepsPerMs : blockMs;
}

function result(
  jobs: readonly RemedySample[],
  watched: readonly VictimSample[],
  pattern: CallPattern,
  job: BlockingJobName,
): RunResult<typeof response> {
  const rows: RemedySample[] = [...watched.map((row) => ({ ...row, heldNs: null, outcome: null })), ...jobs];
  const late = quantile(
    watched.map(({ dispatchNs }) => dispatchNs),
    0.99,
    { minTail: 1 },
  );
  return {
    samples: toColumns(rows),
    lostSamples: pattern.probes + pattern.stats - watched.length,
    // Computing jobs take the dispatcher's core, too: its delay is part of what is measured, and in the samples.
    dispatcherDelayP99Ns: late && job !== "compute" ? Math.round(late.estimate) : null,
  };
}

function toColumns(rows: readonly RemedySample[]): ColumnsOf<typeof response> {
  return {
    kind: rows.map(({ kind }) => kind),
    dueNs: Float64Array.from(rows, ({ dueNs }) => Math.round(dueNs)),
    delayNs: Float64Array.from(rows, ({ delayNs }) => Math.round(delayNs)),
    dispatchNs: rows.map(({ dispatchNs }) => (dispatchNs === null ? null : Math.round(dispatchNs))),
    heldNs: rows.map(({ heldNs }) => (heldNs === null ? null : Math.round(heldNs))),
    outcome: rows.map(({ outcome }) => outcome),
  };
}
