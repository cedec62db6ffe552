import { entryBeside } from "../measure/entry-beside.ts";
import { type ThreadReading, watchThread } from "../measure/watch-thread.ts";
import { workCode } from "../workload/work.ts";
import { dispatchPolls, type MessagePool } from "./dispatch-polls.ts";
import type { Executor } from "./executor.ts";
import type { PollMessage, PollStamps } from "./piscina-worker.ts";
import { type Readings, readPool } from "./readings.ts";
import { watchCollections } from "./watch-collections.ts";
import { watchPool } from "./watch-pool.ts";
import { poolFailure, startWorkerPool } from "./worker-pool.ts";

/** Entry point of a worker that runs one poll a message. */
export const piscinaWorker: URL = entryBeside(import.meta.url, "piscina-worker");

/**
 * Piscina as people use it: every poll is one `pool.run`, queued in the dispatcher and pushed as a message to
 * an idle worker. The same tasks as on the run queue, behind a central dispatcher.
 */
export const runOnPiscina: Executor = async (
  specs,
  workers,
  { watch = false, recording = true, atomics = "sync" } = {},
) => {
  const pool = startWorkerPool(piscinaWorker, workers, { atomics });
  try {
    const workerOfThread = new Map(pool.threads.map((thread, worker) => [thread.threadId, worker]));
    await allStarted(workers);
    const tellCollections = await watchCollections(pool, workers);
    const stopWatching = watch ? await startWatching() : null;
    const originNs = process.hrtime.bigint();
    const messages: MessagePool = {
      run: (message) => pool.run(message) as Promise<PollStamps>,
      workerOf: (thread) => workerOfThread.get(thread) ?? -1,
    };
    const group = dispatchPolls(specs, messages, originNs, recording);
    const records = await Promise.race([group, poolFailure(pool)]);
    const readings = await stopWatching?.();
    await tellCollections();
    return { ...records, ...(readings && { readings }) };
  } finally {
    await pool.close();
  }

  /** Starts the instruments of all threads; the returned function reads them. */
  async function startWatching(): Promise<() => Promise<Readings>> {
    const readWorkers = await watchPool(pool, workers);
    const readMain = watchThread();
    return async () => {
      const [main, ofPool] = [readMain(), readPool(pool)];
      const byThread = await readWorkers();
      const ofWorkers = pool.threads.map(({ threadId }) => byThread.get(threadId) as ThreadReading);
      return { workers: ofWorkers, main, pool: ofPool };
    };
  }

  /** Occupies every worker once, so that no probe pays for a thread that is still loading. */
  async function allStarted(count: number): Promise<void> {
    const warmUp: PollMessage = { originNs: process.hrtime.bigint(), work: workCode("park"), argument: 5 };
    await Promise.all(Array.from({ length: count }, () => pool.run(warmUp)));
  }
};
