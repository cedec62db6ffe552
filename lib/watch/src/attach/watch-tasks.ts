import type { ProfiledWorker } from "../incident/worker-stack.ts";
import type { Envelope } from "../memory/ticket.ts";
import { checkLimits, checkName, checkNames } from "../options.ts";
import { Watch } from "../watch.ts";

/** How a pool of your own, or of another library, is watched. */
export interface TaskWatchOptions {
  readonly name: string;
  /** Tasks that it works on at once, at most. */
  readonly workers: number;
  readonly holdMs?: number;
  readonly waitMs?: number;
  /** Its threads, for a stack of one that is held. */
  readonly threads?: () => readonly ProfiledWorker[];
}

/** Marks tasks for workers whose handler is wrapped in `watched`. */
export interface TaskWatch {
  readonly name: string;
  /** Marks a task as submitted now; send what it gives in the task's place. Its end is the end of its handler. */
  mark(taskName: string, task: unknown): unknown;
  /** Marks a task as submitted now, sends it, and takes it as over when the promise settles. */
  run<Result>(taskName: string, task: unknown, send: (marked: unknown) => Promise<Result>): Promise<Result>;
  /** Ends the watch; tasks pass unmarked from then on. */
  stop(): void;
}

/**
 * Watches tasks of workers that are made by hand or by a library other than Piscina and Tinypool. The worker wraps its
 * handler: `parentPort.on("message", watched(handle))`.
 *
 * @throws {TypeError} when an option is unknown or wrong.
 */
export function watchTasks(options: TaskWatchOptions): TaskWatch {
  checkNames(options, ["name", "workers", "holdMs", "waitMs", "threads"]);
  const { name, workers } = options;
  checkName(name);
  checkLimits(options);
  if (!Number.isInteger(workers) || workers < 1) {
    throw new TypeError(`workers must be a whole number ≥ 1; got ${String(workers)}`);
  }
  const watch = Watch.current();
  const pool = watch.addPool(options);
  let stopped = false;
  const marked = (task: unknown, ticket: Envelope["schedulingSafetyTicket"]): Envelope => ({
    schedulingSafetyTicket: ticket,
    task,
    memory: watch.memory.buffer,
  });
  return {
    name: watch.nameOf(pool),
    mark(taskName, task) {
      const ticket = stopped ? null : watch.submit(pool, taskName, false);
      return ticket === null ? task : marked(task, ticket);
    },
    async run(taskName, task, send) {
      const ticket = stopped ? null : watch.submit(pool, taskName);
      if (ticket === null) return send(task);
      try {
        return await send(marked(task, ticket));
      } finally {
        watch.settle(ticket);
      }
    },
    stop() {
      stopped = true;
      watch.forgetPool(pool);
    },
  };
}
