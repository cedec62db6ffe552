import { onEveryWorker } from "../../executor/on-every-worker.ts";
import { watchCollections } from "../../executor/watch-collections.ts";
import { poolFailure, startWorkerPool } from "../../executor/worker-pool.ts";
import { entryBeside } from "../../measure/entry-beside.ts";
import { NotTestableError } from "../../measure/study-error.ts";
import type { CallTimes } from "./source-worker.ts";

/** A Piscina pool each of whose workers can be held by one source of blocking. */
export interface SourcePool {
  readonly originNs: bigint;
  /** Holds one worker once. */
  hold(): Promise<CallTimes & { readonly worker: number }>;
  /** Runs an empty poll on one worker. */
  wake(): Promise<CallTimes & { readonly worker: number }>;
  /** Rejects when a worker fails outside any poll. */
  readonly failure: Promise<never>;
  /** Ends what the source left running, then the workers. */
  close(): Promise<void>;
}

const entryPoint = entryBeside(import.meta.url, "source-worker");

/**
 * Starts the pool and prepares the source on each worker.
 *
 * @throws {NotTestableError} when this host lacks what the source needs.
 */
export async function startSourcePool(source: string, workers: number): Promise<SourcePool> {
  const pool = startWorkerPool(entryPoint, workers);
  const failure = poolFailure(pool);
  failure.catch(() => {});
  const tellCollections = await watchCollections(pool, workers);
  const close = async (): Promise<void> => {
    try {
      await tellCollections();
      await onEveryWorker(pool, workers, [entryPoint, "cleanUp"], null);
    } finally {
      await pool.close();
    }
  };
  try {
    const refusals = await onEveryWorker<string, string | null>(
      pool,
      workers,
      [entryPoint, "prepare"],
      source,
    );
    const refused = refusals.find((reason) => reason !== null);
    if (refused) throw new NotTestableError(refused);
  } catch (error) {
    await close();
    throw error;
  }
  const originNs = process.hrtime.bigint();
  const workerOfThread = new Map(pool.threads.map((thread, worker) => [thread.threadId, worker]));
  const run = async (name: "hold" | "wake") => {
    const times = (await pool.run(originNs, { name })) as CallTimes;
    return { ...times, worker: workerOfThread.get(times.thread) ?? -1 };
  };
  return { originNs, failure, close, hold: () => run("hold"), wake: () => run("wake") };
}
