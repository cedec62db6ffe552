import {
  ended,
  recordCount,
  settled,
  started,
  submitted,
  type TaskMemory,
  unsettling,
} from "../memory/task-memory.ts";

/** What a record has come to since the last look. */
export interface RecordStep {
  readonly kind: "submitted" | "started" | "ended" | "left";
  readonly atNs: number;
  readonly record: number;
  readonly pool: number;
  readonly task: number;
}

/** A task that is over, or as far as it has come. */
export interface TaskTimes {
  readonly pool: number;
  readonly task: number;
  /** Thread id of its worker; 0 before it had one. */
  readonly thread: number;
  readonly submittedNs: number;
  /** Null where it has not come so far, or never did. */
  readonly startedNs: number | null;
  readonly endedNs: number | null;
  readonly settledNs: number | null;
}

/** Reads the shared memory again and again, tells what is new in it, and frees the records of tasks that are over. */
export class TaskScanner {
  readonly #memory: TaskMemory;
  readonly #seen = new Uint8Array(recordCount);
  #underWay = 0;

  constructor(memory: TaskMemory) {
    this.#memory = memory;
  }

  /** Tasks that were submitted and are not over. */
  get underWay(): number {
    return this.#underWay;
  }

  /**
   * Gives the steps up to a moment, in order of time, and the tasks that are over.
   *
   * @param untilNs later stamps are left for the next look, so that a slower writer's earlier one still comes first.
   */
  scan(untilNs: number): { readonly steps: RecordStep[]; readonly over: TaskTimes[] } {
    const steps: RecordStep[] = [];
    const over: TaskTimes[] = [];
    let underWay = 0;
    for (let record = 0, used = this.#memory.used; record < used; record++) {
      const state = this.#memory.state(record);
      if ((state & submitted) === 0) continue;
      underWay++;
      if ((state & ~unsettling) === this.#seen[record]) continue;
      this.#look(record, state, untilNs, steps);
      const seen = this.#seen[record] as number;
      if ((seen & settled) !== 0 || ((state & unsettling) !== 0 && (seen & ended) !== 0)) {
        over.push(this.#times(record, state));
        this.#seen[record] = 0;
        this.#memory.free(record);
        underWay--;
      }
    }
    this.#underWay = underWay;
    steps.sort((a, b) => a.atNs - b.atNs);
    return { steps, over };
  }

  /** Gives the tasks that are under way. */
  open(): TaskTimes[] {
    const open: TaskTimes[] = [];
    for (let record = 0, used = this.#memory.used; record < used; record++) {
      const state = this.#memory.state(record);
      if ((state & submitted) !== 0) open.push(this.#times(record, state));
    }
    return open;
  }

  /** Tasks that ran and whose submitter has not heard of it yet, and since when the first of them waits (ns). */
  undelivered(): { readonly count: number; readonly sinceNs: number | null } {
    let count = 0;
    let sinceNs: number | null = null;
    for (let record = 0, used = this.#memory.used; record < used; record++) {
      const state = this.#memory.state(record);
      if ((state & (ended | settled | unsettling)) !== ended || (state & submitted) === 0) continue;
      count++;
      const endedNs = this.#memory.endedNs(record);
      sinceNs = sinceNs === null ? endedNs : Math.min(sinceNs, endedNs);
    }
    return { count, sinceNs };
  }

  /** Ends the tasks whose thread is gone, which will never stamp nor be heard of again. */
  endLost(nowNs: number, isThere: (kernelThread: number) => boolean): void {
    for (let record = 0, used = this.#memory.used; record < used; record++) {
      if ((this.#memory.state(record) & (submitted | started | ended | settled)) !== (submitted | started))
        continue;
      const kernelThread = this.#memory.kernelThread(record);
      if (kernelThread !== 0 && !isThere(kernelThread)) this.#memory.stamp(record, settled, nowNs);
    }
  }

  /** Ends the tasks of a pool that is no longer watched of which nobody will say that they are over. */
  endUnsettled(pool: number, nowNs: number): void {
    const unsettled = submitted | unsettling;
    for (let record = 0, used = this.#memory.used; record < used; record++) {
      const isUnsettled = (this.#memory.state(record) & unsettled) === unsettled;
      if (isUnsettled && this.#memory.pool(record) === pool) this.#memory.stamp(record, settled, nowNs);
    }
  }

  #times(record: number, state: number): TaskTimes {
    const memory = this.#memory;
    const wasStarted = (state & started) !== 0;
    const settledNs = (state & settled) === 0 ? null : memory.settledNs(record);
    return {
      pool: memory.pool(record),
      task: memory.task(record),
      thread: wasStarted ? memory.thread(record) : 0,
      submittedNs: memory.submittedNs(record),
      startedNs: wasStarted ? memory.startedNs(record) : null,
      // A worker that was ended with its task wrote no stamp: the hold lasted until its submitter heard of it.
      endedNs: (state & ended) !== 0 ? memory.endedNs(record) : wasStarted ? settledNs : null,
      settledNs,
    };
  }

  #look(record: number, state: number, untilNs: number, steps: RecordStep[]): void {
    const memory = this.#memory;
    const seen = this.#seen[record] as number;
    const isNew = state & ~seen;
    if (isNew === 0) return;
    const pool = memory.pool(record);
    const task = memory.task(record);
    let looked = seen;
    if ((isNew & submitted) !== 0 && memory.submittedNs(record) <= untilNs) {
      steps.push({ kind: "submitted", atNs: memory.submittedNs(record), record, pool, task });
      looked |= submitted;
    }
    if ((isNew & started) !== 0 && memory.startedNs(record) <= untilNs) {
      steps.push({ kind: "started", atNs: memory.startedNs(record), record, pool, task });
      looked |= started;
    }
    if ((isNew & ended) !== 0 && memory.endedNs(record) <= untilNs) {
      steps.push({ kind: "ended", atNs: memory.endedNs(record), record, pool, task });
      looked |= ended;
    }
    if ((isNew & settled) !== 0 && memory.settledNs(record) <= untilNs) {
      if ((looked & ended) === 0) {
        steps.push({ kind: "left", atNs: memory.settledNs(record), record, pool, task });
      }
      looked |= settled;
    }
    this.#seen[record] = looked;
  }
}
