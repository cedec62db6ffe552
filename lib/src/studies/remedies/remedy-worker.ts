import { meet } from "../../executor/meet.ts";
import { startClock } from "../../measure/clock.ts";
import { NotTestableError } from "../../measure/study-error.ts";
import { type BlockingJob, type BlockingJobName, prepareBlockingJob } from "./blocking-jobs.ts";
import { stepsPerMs } from "./calibrated-work.ts";

/** What a worker is asked: to get ready for a kind of work, to do a step of it, or to run an empty poll. */
export type StepMessage =
  | {
      readonly prepare: BlockingJobName /** Workers that still have to get here. */;
      readonly awaited: Int32Array;
    }
  | { readonly originNs: bigint; readonly step: Step | null };

/** One step of a job. */
export interface Step {
  readonly job: BlockingJobName;
  readonly amount: number;
  /** Await the asynchronous equivalent inside the task instead of blocking. */
  readonly awaited?: boolean;
  /** What the job works on: copied to the worker. */
  readonly payload?: Uint8Array;
  /** One cell a job, set when a worker has taken it. */
  readonly taken?: { readonly cells: Int32Array; readonly index: number };
}

/** How fast a ready worker computes, or why this host cannot do the work. */
export type Readiness = { readonly stepsPerMs: number } | { readonly notTestable: string };

/** Start and end of a step on the worker (ns since the origin). */
export type StepTimes = readonly [startedNs: number, endedNs: number];

let job: BlockingJob | undefined;

/** Runs one step; a step that awaits keeps its worker's place in the pool until it has ended. */
export default function runStep(message: StepMessage): StepTimes | Promise<StepTimes | Readiness> {
  if ("prepare" in message) return prepare(message.prepare, message.awaited);
  const { step } = message;
  const now = startClock(message.originNs);
  const startedNs = now();
  if (step === null) return [startedNs, now()];
  if (step.taken) Atomics.store(step.taken.cells, step.taken.index, 1);
  if (job === undefined) return takeOver(message.originNs, step);
  if (step.awaited && job.performAsync) {
    return job.performAsync(step.amount).then((): StepTimes => [startedNs, now()]);
  }
  job.perform(step.amount);
  return [startedNs, now()];
}

/** Gets a worker ready that stands in for one that was killed: by a signal that came while its task was on its way. */
async function takeOver(originNs: bigint, step: Step): Promise<StepTimes> {
  job = await prepareBlockingJob(step.job);
  return runStep({ originNs, step }) as StepTimes | Promise<StepTimes>;
}

/** Errors lose their class on the way between threads; that a host lacks something has to arrive as such. */
async function prepare(name: BlockingJobName, awaited: Int32Array): Promise<Readiness> {
  meet(awaited);
  try {
    job = await prepareBlockingJob(name);
    return { stepsPerMs: name === "compute" ? stepsPerMs() : 0 };
  } catch (error) {
    if (error instanceof NotTestableError) return { notTestable: error.message };
    throw error;
  }
}
