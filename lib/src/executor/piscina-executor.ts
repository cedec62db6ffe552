import { setTimeout as delay } from "node:timers/promises";
import { startClock } from "../measure/clock.ts";
import { entryBeside } from "../measure/entry-beside.ts";
import { type ThreadReading, watchThread } from "../measure/watch-thread.ts";
import type { PollRequest } from "../workload/task.ts";
import { workCode } from "../workload/work.ts";
import { DispatchedTask, type Dispatcher, wakeUp } from "./dispatched-task.ts";
import type { Executor } from "./executor.ts";
import type { PollMessage } from "./piscina-worker.ts";
import { PollLog } from "./poll-log.ts";
import { type Readings, readPool } from "./readings.ts";
import { runTaskGroup } from "./task-group.ts";
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
  const log = new PollLog(specs.length * 16);
  const events: number[][] = [];
  let drained = false;

  try {
    const workerOfThread = new Map(pool.threads.map((thread, worker) => [thread.threadId, worker]));
    await allStarted(workers);
    const tellCollections = await watchCollections(pool, workers);
    const stopWatching = watch ? await startWatching() : null;
    const originNs = process.hrtime.bigint();
    const now = startClock(originNs);

    const runPolls = async (task: DispatchedTask, dueNs: number, request: PollRequest): Promise<void> => {
      const { last } = task;
      const message: PollMessage = {
        originNs: recording ? originNs : null,
        work: workCode(request.work),
        argument: request.argument,
      };
      const times = request.times === "until-drained" ? Number.POSITIVE_INFINITY : request.times;
      for (let poll = 0; poll === 0 || (poll < times && !drained); poll++) {
        last.dueNs = poll === 0 ? dueNs : last.endedNs;
        last.enqueuedNs = now();
        const [startedNs, endedNs, thread] = await pool.run(message);
        last.startedNs = startedNs;
        last.endedNs = endedNs;
        last.worker = workerOfThread.get(thread) ?? -1;
        if (recording) log.add(task.number, task.tag, last);
      }
    };
    const dispatcher: Dispatcher = {
      now,
      events,
      drained: () => drained,
      wakeAt: async (task, dueNs) => {
        // Node cuts fractions of a millisecond off, and the wake-up would come before it is due.
        await delay(Math.max(0, Math.ceil((dueNs - now()) / 1e6)));
        await runPolls(task, dueNs, wakeUp);
      },
      submit: (task, request) => runPolls(task, now(), request),
    };
    const group = runTaskGroup(
      specs,
      (number) => new DispatchedTask(number, dispatcher),
      () => {
        drained = true;
      },
    );
    await Promise.race([group, poolFailure(pool)]);
    const readings = await stopWatching?.();
    await tellCollections();
    return { polls: log.columns(), events, ...(readings && { readings }) };
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
