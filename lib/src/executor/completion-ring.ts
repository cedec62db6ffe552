import type { CompletionMemory } from "./run-queue-memory.ts";

const write = 0;
const read = 16;

export const outcome = { more: 0, last: 1, threw: 2 } as const;

/** One finished poll. Both sides reuse one object for every poll. */
export interface Completion {
  task: number;
  poll: number;
  outcome: number;
  enqueuedNs: number;
  startedNs: number;
  endedNs: number;
}

/**
 * Ring of finished polls from one worker to the dispatcher: one producer, one consumer, so each cursor has
 * one writer. A row is written before the write cursor moves past it (sequentially consistent store), so the
 * dispatcher never reads half a row; it moves the read cursor after copying, so the worker never overwrites
 * an unread one.
 */
export class CompletionRing {
  readonly #memory: CompletionMemory;
  readonly #mask: number;

  constructor(memory: CompletionMemory) {
    this.#memory = memory;
    this.#mask = memory.task.length - 1;
  }

  /** Worker: appends a copy of the row; waits while the ring is full. */
  put({ task, poll, outcome, enqueuedNs, startedNs, endedNs }: Completion): void {
    const { cursors } = this.#memory;
    const position = cursors[write] as number;
    for (;;) {
      const unread = Atomics.load(cursors, read);
      if (((position - unread) | 0) <= this.#mask) break;
      Atomics.wait(cursors, read, unread);
    }
    const row = position & this.#mask;
    this.#memory.task[row] = task;
    this.#memory.poll[row] = poll;
    this.#memory.outcome[row] = outcome;
    this.#memory.enqueuedNs[row] = enqueuedNs;
    this.#memory.startedNs[row] = startedNs;
    this.#memory.endedNs[row] = endedNs;
    Atomics.store(cursors, write, (position + 1) | 0);
  }

  /** Dispatcher: copies the oldest row into `completion`; false when there is none. */
  take(completion: Completion): boolean {
    const { cursors } = this.#memory;
    const position = cursors[read] as number;
    if (Atomics.load(cursors, write) === position) return false;
    const row = position & this.#mask;
    completion.task = this.#memory.task[row] as number;
    completion.poll = this.#memory.poll[row] as number;
    completion.outcome = this.#memory.outcome[row] as number;
    completion.enqueuedNs = this.#memory.enqueuedNs[row] as number;
    completion.startedNs = this.#memory.startedNs[row] as number;
    completion.endedNs = this.#memory.endedNs[row] as number;
    Atomics.store(cursors, read, (position + 1) | 0);
    Atomics.notify(cursors, read);
    return true;
  }

  /** Worker: keeps the text of the first error, before the row that reports it is put. */
  keepError(error: unknown): void {
    const text = error instanceof Error ? error.message : String(error);
    const cells = this.#memory.error;
    if (cells[0] !== 0) return;
    const length = Math.min(text.length, cells.length - 1);
    for (let index = 0; index < length; index++) cells[index + 1] = text.charCodeAt(index);
    cells[0] = length;
  }

  /** Dispatcher: text of the first error this worker met. */
  errorText(): string {
    const cells = this.#memory.error;
    return String.fromCharCode(...cells.subarray(1, 1 + (cells[0] as number)));
  }
}
