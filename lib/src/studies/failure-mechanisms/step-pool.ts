import type { Piscina } from "piscina";
import { piscinaWorker } from "../../executor/piscina-executor.ts";
import type { PollMessage } from "../../executor/piscina-worker.ts";
import { type PollColumns, PollLog } from "../../executor/poll-log.ts";
import { watchCollections } from "../../executor/watch-collections.ts";
import { startWorkerPool } from "../../executor/worker-pool.ts";
import { startClock } from "../../measure/clock.ts";
import type { PollTimes } from "../../workload/task.ts";
import { type WorkName, workCode } from "../../workload/work.ts";

/** The polls of a pool, each with the name of the task it belongs to. */
export interface NamedPolls {
  readonly polls: PollColumns;
  /** Name of each task number in `polls`. */
  readonly names: readonly string[];
}

/**
 * A Piscina pool as an application uses one: code on the main thread hands over single steps with `pool.run` and awaits
 * them. Every step leaves a record: the task it belongs to, when it was handed over, started and ended, and where.
 */
export class StepPool {
  readonly #pool: Piscina;
  readonly #tellCollections: () => Promise<void>;
  readonly #originNs: bigint;
  readonly #now: () => number;
  readonly #log = new PollLog(4096);
  readonly #numbers = new Map<string, number>();
  readonly #workerOfThread: ReadonlyMap<number, number>;

  /** @param originNs what all stamps count from */
  private constructor(pool: Piscina, originNs: bigint, tellCollections: () => Promise<void>) {
    this.#pool = pool;
    this.#tellCollections = tellCollections;
    this.#originNs = originNs;
    this.#now = startClock(originNs);
    this.#workerOfThread = new Map(pool.threads.map((thread, worker) => [thread.threadId, worker]));
  }

  /** Starts the pool and resolves when every worker has loaded its code. */
  static async start(workers: number, originNs: bigint): Promise<StepPool> {
    const pool = startWorkerPool(piscinaWorker, workers);
    const message: PollMessage = { originNs, work: workCode("park"), argument: 5 };
    await Promise.all(Array.from({ length: workers }, () => pool.run(message)));
    return new StepPool(pool, originNs, await watchCollections(pool, workers));
  }

  /** Runs one step of the named task on some worker. */
  async run(task: string, work: WorkName, argument = 0): Promise<PollTimes> {
    const dueNs = this.#now();
    const message: PollMessage = { originNs: this.#originNs, work: workCode(work), argument };
    const [startedNs, endedNs, thread] = await this.#pool.run(message);
    const worker = this.#workerOfThread.get(thread) ?? -1;
    const times: PollTimes = { dueNs, enqueuedNs: dueNs, startedNs, endedNs, worker };
    this.#log.add(this.#number(task), 0, times);
    return times;
  }

  /** Gives the steps that have ended so far. */
  records(): NamedPolls {
    return { polls: this.#log.columns(), names: [...this.#numbers.keys()] };
  }

  /** Waits for the steps under way and stops the workers. */
  async close(): Promise<void> {
    try {
      await this.#tellCollections();
    } finally {
      await this.#pool.close();
    }
  }

  #number(task: string): number {
    const known = this.#numbers.get(task);
    if (known !== undefined) return known;
    this.#numbers.set(task, this.#numbers.size);
    return this.#numbers.size - 1;
  }
}
