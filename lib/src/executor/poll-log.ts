import type { PollTimes } from "../workload/task.ts";

/** Equally long columns, one row a poll; times in ns since the run's origin. */
export interface PollColumns {
  readonly task: Int32Array;
  readonly tag: Int32Array;
  readonly worker: Int32Array;
  readonly dueNs: Float64Array;
  /** NaN where nobody stands between the timer and the worker. */
  readonly enqueuedNs: Float64Array;
  readonly startedNs: Float64Array;
  readonly endedNs: Float64Array;
}

/** Collects polls in preallocated columns that double when full, so that recording costs a few stores. */
export class PollLog {
  #length = 0;
  #columns: PollColumns;

  constructor(capacity: number) {
    this.#columns = allocate(capacity);
  }

  add(task: number, tag: number, times: PollTimes): void {
    if (this.#length === this.#columns.task.length) this.#grow();
    const row = this.#length++;
    const columns = this.#columns;
    columns.task[row] = task;
    columns.tag[row] = tag;
    columns.worker[row] = times.worker;
    columns.dueNs[row] = times.dueNs;
    columns.enqueuedNs[row] = times.enqueuedNs;
    columns.startedNs[row] = times.startedNs;
    columns.endedNs[row] = times.endedNs;
  }

  /** Gives the rows so far, copied. */
  columns(): PollColumns {
    const { task, tag, worker, dueNs, enqueuedNs, startedNs, endedNs } = this.#columns;
    const length = this.#length;
    return {
      task: task.slice(0, length),
      tag: tag.slice(0, length),
      worker: worker.slice(0, length),
      dueNs: dueNs.slice(0, length),
      enqueuedNs: enqueuedNs.slice(0, length),
      startedNs: startedNs.slice(0, length),
      endedNs: endedNs.slice(0, length),
    };
  }

  #grow(): void {
    const larger = allocate(this.#columns.task.length * 2);
    for (const name of columnNames) larger[name].set(this.#columns[name]);
    this.#columns = larger;
  }
}

/** Appends the logs of several workers. */
export function concatenatePolls(logs: readonly PollColumns[]): PollColumns {
  const length = logs.reduce((sum, log) => sum + log.task.length, 0);
  const all = allocate(length);
  let offset = 0;
  for (const log of logs) {
    for (const name of columnNames) all[name].set(log[name], offset);
    offset += log.task.length;
  }
  return all;
}

const columnNames = ["task", "tag", "worker", "dueNs", "enqueuedNs", "startedNs", "endedNs"] as const;

function allocate(length: number): PollColumns {
  return {
    task: new Int32Array(length),
    tag: new Int32Array(length),
    worker: new Int32Array(length),
    dueNs: new Float64Array(length),
    enqueuedNs: new Float64Array(length),
    startedNs: new Float64Array(length),
    endedNs: new Float64Array(length),
  };
}
