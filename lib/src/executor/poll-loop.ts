import { startClock } from "../measure/clock.ts";
import { type ThreadReading, watchThread } from "../measure/watch-thread.ts";
import { watchOwnCollections } from "../measure/worker-collections.ts";
import { perform } from "../workload/work.ts";
import { type Completion, CompletionRing, outcome } from "./completion-ring.ts";
import { RunQueue } from "./run-queue.ts";
import { type CompletionMemory, cell, type RunQueueMemory } from "./run-queue-memory.ts";

export interface PollLoopJob {
  readonly memory: RunQueueMemory;
  readonly worker: number;
  readonly watch: boolean;
  readonly recording: boolean;
}

/**
 * A worker of the run queue: pulls polls until the queue is stopped. Occupies its thread for that long, and answers with
 * the thread's reading if that is wanted.
 */
export default async function pollLoop({
  memory,
  worker,
  watch,
  recording,
}: PollLoopJob): Promise<ThreadReading | null> {
  const { cells, work, argument, times, polled, enqueuedNs } = memory;
  const queue = new RunQueue(memory);
  const ring = new CompletionRing(memory.completions[worker] as CompletionMemory);
  const done: Completion = { task: 0, poll: 0, outcome: 0, enqueuedNs: 0, startedNs: 0, endedNs: 0 };

  const tellCollections = watchOwnCollections();
  const read = watch ? watchThread() : null;
  // The origin is set only when all workers are ready, so the clock starts with the first poll.
  Atomics.add(cells, cell.ready, 1);
  Atomics.notify(cells, cell.ready);
  let task = queue.take();
  const now = recording ? startClock(Atomics.load(memory.originNs, 0)) : () => 0;

  for (; task >= 0; task = queue.take()) {
    // Until it reports the last poll, the task and its counters belong to the worker that runs it.
    done.task = task;
    done.poll = polled[task] = (polled[task] as number) + 1;
    done.enqueuedNs = enqueuedNs[task] as number;
    done.startedNs = now();
    try {
      perform(work[task] as number, argument[task] as number);
      done.outcome = yieldsAgain(task) ? outcome.more : outcome.last;
    } catch (error) {
      ring.keepError(error);
      done.outcome = outcome.threw;
    }
    done.endedNs = now();
    ring.put(done);
    Atomics.add(cells, cell.completions, 1);
    Atomics.notify(cells, cell.completions);
    if (done.outcome === outcome.more) {
      enqueuedNs[task] = done.endedNs;
      queue.push(task);
    }
  }
  const reading = read?.() ?? null;
  await tellCollections();
  return reading;

  function yieldsAgain(task: number): boolean {
    if (Atomics.load(cells, cell.stop) === 1) return false;
    const wanted = times[task] as number;
    return wanted < 0 ? Atomics.load(cells, cell.drained) === 0 : (polled[task] as number) < wanted;
  }
}
