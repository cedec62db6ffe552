import { startClock } from "../measure/clock.ts";
import { perform } from "../workload/work.ts";
import { CompletionRing, outcome } from "./completion-ring.ts";
import { RunQueue } from "./run-queue.ts";
import { type CompletionMemory, cell, type RunQueueMemory } from "./run-queue-memory.ts";

/** A worker of the run queue: pulls polls until the queue is stopped. Occupies its thread for that long. */
export default function pollLoop({ memory, worker }: { memory: RunQueueMemory; worker: number }): void {
  const { cells, work, argument, times, enqueuedNs } = memory;
  const queue = new RunQueue(memory);
  const completions = new CompletionRing(memory.completions[worker] as CompletionMemory);

  // The origin is set only when all workers are ready, so the clock starts with the first poll.
  Atomics.add(cells, cell.ready, 1);
  Atomics.notify(cells, cell.ready);
  let task = queue.take();
  const now = startClock(Atomics.load(memory.originNs, 0));

  for (; task >= 0; task = queue.take()) {
    const startedNs = now();
    const waitingSinceNs = enqueuedNs[task] as number;
    let result: number = outcome.last;
    try {
      perform(work[task] as number, argument[task] as number);
      if (yieldsAgain(task)) result = outcome.more;
    } catch (error) {
      completions.keepError(error);
      result = outcome.threw;
    }
    const endedNs = now();
    completions.put(task, result, waitingSinceNs, startedNs, endedNs);
    Atomics.add(cells, cell.completions, 1);
    Atomics.notify(cells, cell.completions);
    if (result === outcome.more) {
      enqueuedNs[task] = endedNs;
      queue.push(task);
    }
  }

  /** Until it reports the last poll, the task belongs to the worker that runs it, and so does its countdown. */
  function yieldsAgain(task: number): boolean {
    const left = times[task] as number;
    if (left < 0) return Atomics.load(cells, cell.drained) === 0;
    times[task] = left - 1;
    return left > 1;
  }
}
