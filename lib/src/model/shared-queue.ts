import type { Discipline, Scheduler, Simulation } from "./simulation.ts";
import { TaskQueues } from "./task-queues.ts";

/** One queue, first in, first out, and any idle worker takes its head: what the `run-queue` executor is. */
export const sharedQueue: Discipline = (simulation) => new SharedQueue(simulation);

class SharedQueue implements Scheduler {
  readonly #simulation: Simulation;
  readonly #queue: TaskQueues;
  readonly #idle: Int32Array;
  #idleCount: number;

  constructor(simulation: Simulation) {
    this.#simulation = simulation;
    this.#queue = new TaskQueues(simulation.workload.tasks, 1);
    this.#idle = Int32Array.from({ length: simulation.workers }, (_, worker) => worker);
    this.#idleCount = simulation.workers;
  }

  wake(task: number): void {
    this.submit(task);
  }

  submit(task: number): void {
    if (this.#idleCount > 0) this.#simulation.start(this.#idle[--this.#idleCount] as number, task);
    else this.#queue.push(0, task);
  }

  release(worker: number): void {
    const task = this.#queue.shift(0);
    if (task >= 0) this.#simulation.start(worker, task);
    else this.#idle[this.#idleCount++] = worker;
  }
}
