import { EventHeap } from "./event-heap.ts";

/** Decides which worker runs which poll when: the discipline under study. */
export interface Scheduler {
  /** The timer of a task has fired. */
  wake(task: number): void;
  /** A task wants its next poll at once: it is new, or it yields. */
  submit(task: number): void;
  /** A worker is free: its poll has ended, or it has been roused. */
  release(worker: number): void;
}

export type Discipline = (simulation: Simulation) => Scheduler;

/** What the tasks do. Tasks are numbered from 0; their polls' lengths stand in the simulation's `holdMs`. */
export interface Workload {
  readonly tasks: number;
  /** Number of a task among those of its program: executors that deal tasks out deal them by it. */
  place(task: number): number;
  begin(simulation: Simulation): void;
  /** A poll of the task has ended, at `nowMs`; it had started at `startedMs[task]`. */
  ended(task: number): void;
  /** The moment has come that was set with `alarmAt`: something happens that needs no worker. */
  alarm?(): void;
}

const idle = -1;

/**
 * Plays a workload on a pool of workers, event by event. Time passes only inside polls and sleeps; what the
 * disciplines themselves would cost is left out.
 *
 *     event   0 … tasks − 1         a task's timer fires
 *             tasks + worker        the worker's poll ends, or the idle worker is roused
 *             tasks + workers       the workload's alarm
 */
export class Simulation {
  nowMs = 0;
  /** Events so far. */
  events = 0;
  /** The worker whose poll has just ended; −1 outside of polls. */
  current = idle;
  readonly workload: Workload;
  readonly workers: number;
  /** When the latest poll of a task started, and how long its next one holds a worker. */
  readonly startedMs: Float64Array;
  readonly holdMs: Float64Array;
  readonly #running: Int32Array;
  readonly #heap: EventHeap;
  readonly #scheduler: Scheduler;

  /** @throws RangeError without workers or tasks */
  constructor(workload: Workload, workers: number, discipline: Discipline) {
    const { tasks } = workload;
    if (!Number.isInteger(workers) || workers < 1) {
      throw new RangeError(`workers must be an integer ≥ 1; got ${workers}`);
    }
    if (!Number.isInteger(tasks) || tasks < 1) {
      throw new RangeError(`tasks must be an integer ≥ 1; got ${tasks}`);
    }
    this.workload = workload;
    this.workers = workers;
    this.startedMs = new Float64Array(tasks);
    this.holdMs = new Float64Array(tasks);
    this.#running = new Int32Array(workers).fill(idle);
    this.#heap = new EventHeap(tasks + workers + 1);
    this.#scheduler = discipline(this);
  }

  /** Lets the task's timer fire at the given time, or now if that has passed. */
  sleepUntil(task: number, dueMs: number): void {
    this.#heap.push(Math.max(dueMs, this.nowMs), task);
  }

  submit(task: number): void {
    this.#scheduler.submit(task);
  }

  alarmAt(timeMs: number): void {
    this.#heap.push(timeMs, this.workload.tasks + this.workers);
  }

  /** For schedulers: starts the task's poll on a worker that has none. */
  start(worker: number, task: number): void {
    this.#running[worker] = task;
    this.startedMs[task] = this.nowMs;
    this.#heap.push(this.nowMs + (this.holdMs[task] as number), this.workload.tasks + worker);
  }

  /** For schedulers: releases a worker that has no poll, after a while. It must not get one before. */
  rouse(worker: number, afterMs: number): void {
    this.#heap.push(this.nowMs + afterMs, this.workload.tasks + worker);
  }

  /** Plays until nothing is left to happen. */
  run(): this {
    const { workload, workers } = this;
    const { tasks } = workload;
    const heap = this.#heap;
    const running = this.#running;
    const scheduler = this.#scheduler;
    workload.begin(this);
    while (heap.size > 0) {
      const code = heap.pop();
      this.nowMs = heap.poppedMs;
      this.events++;
      if (code < tasks) {
        scheduler.wake(code);
      } else if (code < tasks + workers) {
        const worker = code - tasks;
        const task = running[worker] as number;
        if (task !== idle) {
          running[worker] = idle;
          this.current = worker;
          workload.ended(task);
          this.current = idle;
        }
        scheduler.release(worker);
      } else {
        workload.alarm?.();
      }
    }
    return this;
  }
}
