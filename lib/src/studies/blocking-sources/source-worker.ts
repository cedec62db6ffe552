import { threadId } from "node:worker_threads";
import { meet } from "../../executor/meet.ts";
import type { EveryWorkerJob } from "../../executor/on-every-worker.ts";
import { startClock } from "../../measure/clock.ts";
import { NotTestableError } from "../../measure/study-error.ts";
import type { PreparedCall } from "./blocking-source.ts";
import { blockingSource } from "./sources.ts";

/** One call on a worker (ns since the origin), the CPU time of the thread during it, and the thread. */
export interface CallTimes {
  readonly startedNs: number;
  readonly endedNs: number;
  readonly cpuNs: number;
  readonly thread: number;
}

let prepared: PreparedCall | undefined;

/** Prepares the source on this thread and calls it once; answers with the reason where this host cannot. */
export async function prepare({ awaited, data }: EveryWorkerJob<string>): Promise<string | null> {
  try {
    prepared = await blockingSource(data).prepare();
    prepared.call();
    return null;
  } catch (error) {
    // Errors lose their class on the way between threads.
    if (error instanceof NotTestableError) return error.message;
    throw error;
  } finally {
    meet(awaited);
  }
}

/** Holds this thread once. */
export function hold(originNs: bigint): CallTimes {
  if (prepared === undefined) throw new TypeError("source must be prepared before it is called");
  const now = startClock(originNs);
  const cpu = process.threadCpuUsage();
  const startedNs = now();
  prepared.call();
  const endedNs = now();
  const { user, system } = process.threadCpuUsage(cpu);
  return { startedNs, endedNs, cpuNs: (user + system) * 1000, thread: threadId };
}

/** Does nothing on this thread; answers with the time. */
export function wake(originNs: bigint): CallTimes {
  const startedNs = startClock(originNs)();
  return { startedNs, endedNs: startedNs, cpuNs: 0, thread: threadId };
}

/** Ends what the source left running. */
export async function cleanUp({ awaited }: EveryWorkerJob<null>): Promise<void> {
  try {
    await prepared?.cleanUp();
  } finally {
    meet(awaited);
  }
}
