import { setTimeout as delay, setImmediate as nextTurn } from "node:timers/promises";
import FlatQueue from "flatqueue";
import { startClock } from "../measure/clock.ts";
import { entryBeside } from "../measure/entry-beside.ts";
import { type ThreadReading, watchThread } from "../measure/watch-thread.ts";
import type { PollRequest } from "../workload/task.ts";
import { workCode } from "../workload/work.ts";
import { type Completion, CompletionRing, outcome } from "./completion-ring.ts";
import { DispatchedTask, type Dispatcher, wakeUp } from "./dispatched-task.ts";
import type { Executor } from "./executor.ts";
import { PollLog } from "./poll-log.ts";
import type { PollLoopJob } from "./poll-loop.ts";
import { readPool } from "./readings.ts";
import { RunQueue } from "./run-queue.ts";
import { allocateRunQueue, cell } from "./run-queue-memory.ts";
import { runTaskGroup } from "./task-group.ts";
import { poolFailure, startWorkerPool } from "./worker-pool.ts";

/** Longest time the dispatcher parks: what Node itself has to do (timers, I/O, messages) waits no longer. */
const parkMs = 1;
/** How late the kernel ends a park (its timer slack and the waking of a core): the park ends that much early. */
const wakeLagNs = 60_000;

/**
 * The M:N executor: any idle worker takes the oldest poll.
 *
 *     dispatcher (timers, programs)            workers
 *       due ──push──▶ [ run queue, FIFO ] ──take──▶ poll ──┐
 *        ▲                     ▲ yield: back to the tail ──┤
 *        └─────── [ completion ring a worker ] ◀───────────┘
 *
 * Work-conserving by construction: a poll waits only while every worker is held. Between two turns of its
 * event loop the dispatcher parks on the count of completions, at most until the next timer is due. A
 * `setTimeout` a sleep would fire on whole milliseconds only and cost a hop through the event loop; that
 * noise would stand between the timer and the run queue in every sample.
 */
export const runOnRunQueue: Executor = async (specs, workers, { watch = false, recording = true } = {}) => {
  const memory = allocateRunQueue(specs.length, workers);
  const queue = new RunQueue(memory);
  const rings = memory.completions.map((ring) => new CompletionRing(ring));
  const pool = startWorkerPool(entryBeside(import.meta.url, "poll-loop"), workers);
  const loops: Promise<(ThreadReading | null)[]> = Promise.all(
    memory.completions.map((_, worker) =>
      pool.run({ memory, worker, watch, recording } satisfies PollLoopJob),
    ),
  );
  const failed = Promise.race([poolFailure(pool), loops.then(() => new Promise<never>(() => {}))]);
  failed.catch(() => {});

  const log = new PollLog(specs.length * 16);
  const events: number[][] = [];
  const timers = new FlatQueue<number>();
  const requests: OpenRequest[] = [];
  const completion: Completion = { task: 0, poll: 0, outcome: 0, enqueuedNs: 0, startedNs: 0, endedNs: 0 };
  let finished = false;
  const stopWorkers = async (): Promise<void> => {
    finished = true;
    queue.stop();
    await emptyUntil(loops, rings);
  };

  try {
    await Promise.race([allReady(memory.cells, workers), failed]);
    const readMain = watch ? watchThread() : null;
    const originNs = process.hrtime.bigint();
    Atomics.store(memory.originNs, 0, originNs);
    const now = startClock(originNs);

    const enqueue = (task: DispatchedTask, dueNs: number, request: PollRequest): void => {
      const { number } = task;
      (requests[number] as OpenRequest).dueNs = dueNs;
      memory.work[number] = workCode(request.work);
      memory.argument[number] = request.argument;
      memory.times[number] = request.times === "until-drained" ? -1 : request.times;
      memory.polled[number] = 0;
      memory.enqueuedNs[number] = now();
      queue.push(number);
    };
    const settled = (task: DispatchedTask): Promise<void> =>
      new Promise((resolve, reject) => {
        requests[task.number] = { dueNs: 0, read: 0, wanted: Number.POSITIVE_INFINITY, resolve, reject };
      });
    const dispatcher: Dispatcher = {
      now,
      events,
      drained: () => Atomics.load(memory.cells, cell.drained) === 1,
      wakeAt: (task, dueNs) => {
        const done = settled(task);
        timers.push(task.number, dueNs);
        return done;
      },
      submit: (task, request) => {
        const done = settled(task);
        enqueue(task, now(), request);
        return done;
      },
    };
    const tasks = specs.map((_, number) => new DispatchedTask(number, dispatcher));

    const drive = async (): Promise<never> => {
      while (!finished) {
        const seen = Atomics.load(memory.cells, cell.completions);
        for (let worker = 0; worker < workers; worker++) drain(worker);
        while ((timers.peekValue() ?? Number.POSITIVE_INFINITY) <= now()) {
          const dueNs = timers.peekValue() as number;
          enqueue(tasks[timers.pop() as number] as DispatchedTask, dueNs, wakeUp);
        }
        await nextTurn();
        const idleNs = (timers.peekValue() ?? Number.POSITIVE_INFINITY) - now();
        const sleepMs = Math.min((idleNs - wakeLagNs) / 1e6, parkMs);
        if (sleepMs > 0) Atomics.wait(memory.cells, cell.completions, seen, sleepMs);
      }
      return new Promise<never>(() => {});
    };
    const drain = (worker: number): void => {
      const ring = rings[worker] as CompletionRing;
      while (ring.take(completion)) {
        const { number, tag, last } = tasks[completion.task] as DispatchedTask;
        const request = requests[number] as OpenRequest;
        last.dueNs = completion.poll === 1 ? request.dueNs : completion.enqueuedNs;
        last.enqueuedNs = completion.enqueuedNs;
        last.startedNs = completion.startedNs;
        last.endedNs = completion.endedNs;
        last.worker = worker;
        if (recording) log.add(number, tag, last);
        request.read++;
        if (completion.outcome === outcome.threw) request.reject(new Error(ring.errorText()));
        if (completion.outcome === outcome.last) request.wanted = completion.poll;
        if (request.read === request.wanted) request.resolve();
      }
    };

    const group = runTaskGroup(
      specs,
      (number) => tasks[number] as DispatchedTask,
      () => Atomics.store(memory.cells, cell.drained, 1),
    );
    await Promise.race([group, drive(), failed]);
    const main = readMain?.();
    if (!main) return { polls: log.columns(), events };
    await stopWorkers();
    const ofWorkers = (await loops) as ThreadReading[];
    return { polls: log.columns(), events, readings: { workers: ofWorkers, main, pool: readPool(pool) } };
  } finally {
    await stopWorkers();
    await pool.close();
  }
};

/**
 * A request on its way. Its polls may lie in the rings of several workers and be read in any order, so it is
 * done when as many were read as the last one counted.
 */
interface OpenRequest {
  dueNs: number;
  read: number;
  wanted: number;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** Keeps the rings empty until the workers have left: one that found its ring full would wait for ever. */
async function emptyUntil(loops: Promise<unknown>, rings: readonly CompletionRing[]): Promise<void> {
  const row: Completion = { task: 0, poll: 0, outcome: 0, enqueuedNs: 0, startedNs: 0, endedNs: 0 };
  const left = loops.then(
    () => true,
    () => true,
  );
  while (!(await Promise.race([left, delay(1, false)]))) {
    for (const ring of rings) while (ring.take(row));
  }
}

async function allReady(cells: Int32Array, workers: number): Promise<void> {
  for (;;) {
    const ready = Atomics.load(cells, cell.ready);
    if (ready === workers) return;
    const change = Atomics.waitAsync(cells, cell.ready, ready);
    if (change.async) await change.value;
  }
}
