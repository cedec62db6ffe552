const none = -1;

/**
 * Many first-in-first-out queues over one set of tasks, each task in at most one of them: linked through one array, so
 * that a thousand queues take no more room than one.
 *
 *     first ─▶ task 7 ─▶ task 2 ─▶ task 9 ◀─ last        after[7] = 2, after[2] = 9
 */
export class TaskQueues {
  readonly #after: Int32Array;
  readonly #first: Int32Array;
  readonly #last: Int32Array;
  readonly #lengths: Int32Array;

  constructor(tasks: number, queues: number) {
    this.#after = new Int32Array(tasks).fill(none);
    this.#first = new Int32Array(queues).fill(none);
    this.#last = new Int32Array(queues).fill(none);
    this.#lengths = new Int32Array(queues);
  }

  length(queue: number): number {
    return this.#lengths[queue] as number;
  }

  /** Appends a task that is in no queue. */
  push(queue: number, task: number): void {
    const last = this.#last[queue] as number;
    if (last === none) this.#first[queue] = task;
    else this.#after[last] = task;
    this.#after[task] = none;
    this.#last[queue] = task;
    this.#lengths[queue] = this.length(queue) + 1;
  }

  /** Takes the oldest task; −1 when there is none. */
  shift(queue: number): number {
    const task = this.#first[queue] as number;
    if (task === none) return none;
    const next = this.#after[task] as number;
    this.#first[queue] = next;
    if (next === none) this.#last[queue] = none;
    this.#lengths[queue] = this.length(queue) - 1;
    return task;
  }
}
