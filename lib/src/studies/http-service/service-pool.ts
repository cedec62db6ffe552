import { Piscina } from "piscina";
import { poolFailure, startWorkerPool } from "../../executor/worker-pool.ts";
import { entryBeside } from "../../measure/entry-beside.ts";
import { workCode } from "../../workload/work.ts";
import type { ServiceMessage } from "./service-worker.ts";

/** Rides on a task to tell whether the pool has handed it to a worker. */
interface Ticket {
  handedOver: boolean;
}

/**
 * A Piscina pool whose tasks may be aborted while they are queued and never once a worker has them: Piscina ends the
 * worker of an aborted task that runs.
 *
 * In Piscina 5.3.2 tasks with a signal wait in a list of their own; with `stricterFIFO` it serves the newest first.
 * @see https://github.com/piscinajs/piscina/issues/899
 */
export class ServicePool {
  readonly #pool: Piscina;
  readonly #workers: number;
  /** Rejects when a thread dies outside any task; never resolves. */
  readonly failure: Promise<never>;

  constructor(workers: number) {
    this.#workers = workers;
    this.#pool = startWorkerPool(entryBeside(import.meta.url, "service-worker"), workers, {
      loadBalancer: (task, threads) => {
        const idle = threads.find(({ currentUsage }) => currentUsage === 0) ?? null;
        const ticket: Ticket | null = Reflect.get(task, Piscina.queueOptionsSymbol);
        if (idle !== null && ticket) ticket.handedOver = true;
        return idle;
      },
    });
    this.failure = poolFailure(this.#pool);
    this.failure.catch(() => {});
  }

  /** Runs a task; answers with its start and end. Rejects when the deadline finds it queued. */
  async run(message: ServiceMessage, deadline: AbortSignal | null): Promise<[number, number]> {
    if (deadline === null) return this.#pool.run(message);
    const ticket: Ticket = { handedOver: false };
    const whileQueued = new AbortController();
    const abort = () => {
      if (!ticket.handedOver) whileQueued.abort();
    };
    if (deadline.aborted) abort();
    deadline.addEventListener("abort", abort, { once: true });
    const task = { ...message, [Piscina.queueOptionsSymbol]: ticket };
    return this.#pool.run(task, { signal: whileQueued.signal });
  }

  /** Occupies every worker once, so that no request pays for a thread that is still loading. */
  async warmUp(originNs: bigint): Promise<void> {
    const message: ServiceMessage = { originNs, work: workCode("park"), argument: 5, expiresNs: null };
    await Promise.all(Array.from({ length: this.#workers }, () => this.#pool.run(message)));
  }

  /** Threads alive, each once. */
  get threadIds(): readonly number[] {
    return this.#pool.threads.map(({ threadId }) => threadId);
  }

  /** Ends the threads; what is still queued rejects. */
  destroy(): Promise<void> {
    return this.#pool.destroy();
  }
}
