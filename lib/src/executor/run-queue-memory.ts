/** Where the counters lie, in 32-bit words. Each has a cache line of its own: they are written by different threads. */
export const cell = {
  tail: 0,
  head: 16,
  epoch: 32,
  parked: 48,
  stop: 64,
  drained: 80,
  completions: 96,
  ready: 112,
} as const;
const cells = 128;

/** Columns of a completion ring, one ring a worker. */
export interface CompletionMemory {
  /** [0] next to write (worker), [16] next to read (dispatcher). */
  readonly cursors: Int32Array;
  readonly task: Int32Array;
  /** Number of the poll within its request, from 1. */
  readonly poll: Int32Array;
  /** 0 more polls follow, 1 the last poll of its request, 2 the work threw. */
  readonly outcome: Int32Array;
  readonly enqueuedNs: Float64Array;
  readonly startedNs: Float64Array;
  readonly endedNs: Float64Array;
  /** Length, then UTF-16 units, of the text that the work threw first. */
  readonly error: Int32Array;
}

/** Everything that dispatcher and workers share. Plain views on SharedArrayBuffers: it can be posted as it is. */
export interface RunQueueMemory {
  readonly originNs: BigInt64Array;
  readonly cells: Int32Array;
  /** Slots of the run queue and their sequence numbers. */
  readonly slots: Int32Array;
  readonly sequence: Int32Array;
  /** What each task's next poll does. */
  readonly work: Int32Array;
  readonly argument: Float64Array;
  /** Polls that the task's request asks for; −1: until the run is drained. */
  readonly times: Int32Array;
  /** Polls of the request that have run. */
  readonly polled: Int32Array;
  readonly enqueuedNs: Float64Array;
  readonly completions: readonly CompletionMemory[];
}

const errorCharacters = 1024;

/**
 * Allocates for at most `tasks` tasks.
 *
 * A task is in the run queue at most once, so `tasks` slots never overflow. A completion ring gets the same
 * size: a task whose completion is unread cannot be queued again, except by its own yields, and a worker that
 * finds its ring full because of those waits for the dispatcher.
 */
export function allocateRunQueue(tasks: number, workers: number): RunQueueMemory {
  const capacity = 2 ** Math.ceil(Math.log2(Math.max(tasks, 2)));
  const sequence = int32(capacity);
  for (let slot = 0; slot < capacity; slot++) sequence[slot] = slot;
  return {
    originNs: new BigInt64Array(new SharedArrayBuffer(8)),
    cells: int32(cells),
    slots: int32(capacity),
    sequence,
    work: int32(tasks),
    argument: float64(tasks),
    times: int32(tasks),
    polled: int32(tasks),
    enqueuedNs: float64(tasks),
    completions: Array.from({ length: workers }, () => ({
      cursors: int32(32),
      task: int32(capacity),
      poll: int32(capacity),
      outcome: int32(capacity),
      enqueuedNs: float64(capacity),
      startedNs: float64(capacity),
      endedNs: float64(capacity),
      error: int32(errorCharacters),
    })),
  };
}

function int32(length: number): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(length * 4));
}

function float64(length: number): Float64Array<SharedArrayBuffer> {
  return new Float64Array(new SharedArrayBuffer(length * 8));
}
