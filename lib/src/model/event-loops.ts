import type { Discipline, Scheduler, Simulation } from "./simulation.ts";
import { TaskQueues } from "./task-queues.ts";

/**
 * An event loop a worker, tasks dealt out in turn, nobody steals: what the `pinned` executor is.
 *
 *     ┌▶ timers: all that are due ──▶ immediates: as many as there are now ─┐      yields of this lap wait for the next
 *     └─────────────────────────────────────────────────────────────────────┘
 *
 * Two blockers on one loop therefore hold it twice as long at a stretch: both blocks fall into one lap.
 *
 * @see https://nodejs.org/en/learn/asynchronous-work/event-loop-timers-and-nexttick the phases of the loop
 */
export const eventLoops: Discipline = (simulation) => new EventLoops(simulation);

class EventLoops implements Scheduler {
  readonly #simulation: Simulation;
  /** Timers of each worker, then immediates of each worker. */
  readonly #queues: TaskQueues;
  readonly #home: Int32Array;
  /** Immediates left in the present lap. */
  readonly #left: Int32Array;
  readonly #asleep: Uint8Array;

  constructor(simulation: Simulation) {
    const { workload, workers } = simulation;
    this.#simulation = simulation;
    this.#queues = new TaskQueues(workload.tasks, 2 * workers);
    this.#home = Int32Array.from({ length: workload.tasks }, (_, task) => workload.place(task) % workers);
    this.#left = new Int32Array(workers);
    this.#asleep = new Uint8Array(workers).fill(1);
  }

  wake(task: number): void {
    const worker = this.#home[task] as number;
    this.#queues.push(worker, task);
    if (this.#asleep[worker] === 1) this.release(worker);
  }

  submit(task: number): void {
    const worker = this.#home[task] as number;
    this.#queues.push(this.#simulation.workers + worker, task);
    // The lap begins after everything that happens at this moment, so that it holds all of it.
    if (this.#asleep[worker] === 1) {
      this.#asleep[worker] = 0;
      this.#simulation.rouse(worker, 0);
    }
  }

  release(worker: number): void {
    const task = this.#next(worker);
    this.#asleep[worker] = task < 0 ? 1 : 0;
    if (task >= 0) this.#simulation.start(worker, task);
  }

  #next(worker: number): number {
    const immediates = this.#simulation.workers + worker;
    const left = this.#left[worker] as number;
    if (left > 0) {
      this.#left[worker] = left - 1;
      return this.#queues.shift(immediates);
    }
    if (this.#queues.length(worker) > 0) return this.#queues.shift(worker);
    this.#left[worker] = Math.max(0, this.#queues.length(immediates) - 1);
    return this.#queues.shift(immediates);
  }
}
