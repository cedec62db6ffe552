import type { Discipline, Scheduler, Simulation } from "./simulation.ts";
import { TaskQueues } from "./task-queues.ts";

/**
 * Pools side by side: a queue each, first in, first out, served by the workers of that pool alone.
 *
 * @param poolOfWorker pool of each worker, numbered from 0
 * @param poolOfTask pool that a task's polls go to
 */
export function separatePools(
  poolOfWorker: readonly number[],
  poolOfTask: (task: number) => number,
): Discipline {
  return (simulation) => new SeparatePools(simulation, poolOfWorker, poolOfTask);
}

class SeparatePools implements Scheduler {
  readonly #simulation: Simulation;
  readonly #poolOfWorker: readonly number[];
  readonly #poolOfTask: (task: number) => number;
  readonly #queues: TaskQueues;
  /** Workers of each pool that have nothing to do. */
  readonly #idle: readonly number[][];

  constructor(simulation: Simulation, poolOfWorker: readonly number[], poolOfTask: (task: number) => number) {
    const pools = Math.max(...poolOfWorker) + 1;
    this.#simulation = simulation;
    this.#poolOfWorker = poolOfWorker;
    this.#poolOfTask = poolOfTask;
    this.#queues = new TaskQueues(simulation.workload.tasks, pools);
    this.#idle = Array.from({ length: pools }, (_, pool) =>
      poolOfWorker.flatMap((own, worker) => (own === pool ? [worker] : [])),
    );
  }

  wake(task: number): void {
    this.submit(task);
  }

  submit(task: number): void {
    const pool = this.#poolOfTask(task);
    const worker = this.#idle[pool]?.pop();
    if (worker === undefined) this.#queues.push(pool, task);
    else this.#simulation.start(worker, task);
  }

  release(worker: number): void {
    const pool = this.#poolOfWorker[worker] as number;
    const task = this.#queues.shift(pool);
    if (task >= 0) this.#simulation.start(worker, task);
    else this.#idle[pool]?.push(worker);
  }
}
