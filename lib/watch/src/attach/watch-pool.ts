import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { entryBeside } from "../entry-beside.ts";
import type { ProfiledWorker } from "../incident/worker-stack.ts";
import { type Envelope, recordOf, type Ticket } from "../memory/ticket.ts";
import { checkLimits, checkName, checkNames } from "../options.ts";
import { Watch } from "../watch.ts";
import { Admission } from "./admission.ts";
import { type Handler, HandlerNames, nameAfter } from "./handler-names.ts";
import { libraryOf, type Pool, type RunOptions, unsupported } from "./pool-kinds.ts";
import { takeApart } from "./take-apart.ts";

/** How one pool is watched. */
export interface PoolWatchOptions {
  /** What lines and metrics call the pool; else after the file of its tasks. */
  readonly name?: string;
  /** Names a task by what is submitted; else after its export, or its file where that is the default one. */
  readonly taskName?: (task: never, options: RunOptions) => string;
  readonly holdMs?: number;
  readonly waitMs?: number;
}

/** A pool that is being watched. */
export interface PoolWatch {
  readonly name: string;
  /** Ends the watch of this pool, which goes on as it was. */
  stop(): void;
}

const shim = fileURLToPath(entryBeside(import.meta.url, "../worker/pool-task"));
const toShim = Object.freeze({ filename: shim, name: "run" });
const attached = new WeakMap<Pool, PoolWatch>();

/**
 * Watches a Piscina or Tinypool pool: every task stamps in its worker when it holds it.
 *
 * @throws {TypeError} when it is no pool, its version is out of range, or an option is unknown or wrong.
 */
export function watchPool(pool: object, options: PoolWatchOptions = {}): PoolWatch {
  const library = libraryOf(pool);
  if (library === null) {
    throw new TypeError(
      `pool must be one of Piscina or Tinypool; got ${describe(pool)}; use watchTasks() for others`,
    );
  }
  const problem = unsupported(library, pool.constructor);
  if (problem !== null) throw new TypeError(problem);
  checkNames(options, ["name", "taskName", "holdMs", "waitMs"]);
  if (options.name !== undefined) checkName(options.name);
  checkLimits(options);
  return attach(pool as Pool, options);
}

/** Watches a pool whose class is known to be supported; a pool that is watched already is watched anew. */
export function attach(pool: Pool, { name, taskName, ...limits }: PoolWatchOptions): PoolWatch {
  attached.get(pool)?.stop();
  const watch = Watch.current();
  const { maxThreads, concurrentTasksPerWorker = 1, filename } = pool.options;
  const { workers: atOnce = Number.POSITIVE_INFINITY } = watch.settings;
  const workers = Math.min(atOnce, Math.floor(maxThreads) * concurrentTasksPerWorker);
  const threads = () => pool.threads.map(threadOf).filter((thread) => thread !== null);
  const declaration = { name: name ?? nameAfter(filename) ?? "pool", workers, threads, ...limits };
  let id = watch.addPool(declaration);
  let ownName = watch.nameOf(id);
  // Either end is known to `run` itself: somebody may have wrapped it, and calls it all the same.
  let hasEnded = false;
  let isStopped = false;
  const born = new Set(threads().map(({ threadId }) => threadId));
  const admission = Number.isFinite(atOnce) ? new Admission(workers) : null;

  const { run: original, destroy, close, cancelPendingTasks } = pool;
  const handlers = new HandlerNames(pool.options);
  const run = (task: unknown, options?: RunOptions): Promise<unknown> => {
    const handler = isStopped ? null : handlers.find(options);
    if (handler === null) return original.call(pool, task, options);
    if (hasEnded) beginAnew();
    const ticket = watch.submit(id, taskName === undefined ? handler.task : nameTask(task, options, handler));
    if (ticket === null) return original.call(pool, task, options);
    const result =
      admission === null
        ? send(task, options, handler, ticket)
        : admission.run(options?.signal, () => send(task, options, handler, ticket));
    return result.then(
      (value) => {
        settle(ticket);
        return value;
      },
      (error: unknown) => {
        settle(ticket);
        throw error;
      },
    );
  };

  function send(
    task: unknown,
    options: RunOptions | undefined,
    { filename, name }: Handler,
    ticket: Ticket,
  ): Promise<unknown> {
    const envelope: Envelope = { schedulingSafetyTicket: ticket, task, filename, name };
    const moved = takeApart(pool, task, envelope);
    if (born.size > 0) Object.assign(envelope, { memory: watch.memory.buffer });
    if (options === undefined && moved === null) return original.call(pool, envelope, toShim);
    const transfer = moved === null ? {} : { transferList: [...(options?.transferList ?? []), ...moved] };
    return original.call(pool, envelope, { ...options, ...transfer, ...toShim });
  }

  function settle(ticket: Ticket): void {
    if (born.size > 0) born.delete(watch.memory.thread(recordOf(ticket)));
    watch.settle(ticket);
  }

  function nameTask(task: unknown, options: RunOptions = {}, handler: Handler): string {
    try {
      return String(taskName?.(task as never, options));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      watch.say(`taskName failed for pool \`${ownName}\`: ${reason}`);
      return handler.task;
    }
  }

  /** A pool that has ended is forgotten until it gets another task. */
  const end = () => {
    if (isStopped) return;
    watch.forgetPool(id);
    hasEnded = true;
  };
  function beginAnew(): void {
    id = watch.addPool(declaration);
    ownName = watch.nameOf(id);
    hasEnded = false;
  }
  const destroyAndEnd = () => {
    admission?.refuseAll(() => new Error("Terminating worker thread"));
    return destroy.call(pool).finally(end);
  };
  /** Tasks that wait to be let in are tasks of the pool, which works them off before it closes, or gives up after its time. */
  const closeEmptied: NonNullable<Pool["close"]> = async (options) => {
    const { closeTimeout = 30_000 } = pool.options;
    const isTooLate = new AbortController();
    if (!options?.force)
      await Promise.race([
        admission?.emptied(),
        sleep(closeTimeout, undefined, { ref: false, signal: isTooLate.signal }).catch(() => {}),
      ]);
    isTooLate.abort();
    await close?.call(pool, options);
  };
  const cancelThose = () => {
    admission?.refuseAll(() =>
      Object.assign(new Error("The task has been cancelled"), { name: "CancelError" }),
    );
    cancelPendingTasks?.call(pool);
  };

  const poolWatch: PoolWatch = {
    get name() {
      return ownName;
    },
    stop() {
      if (isStopped) return;
      isStopped = true;
      if (pool.run === run) replace(pool, "run", original);
      if (pool.destroy === destroyAndEnd) replace(pool, "destroy", destroy);
      if (close !== undefined && pool.close === closeEmptied) replace(pool, "close", close);
      if (cancelPendingTasks !== undefined && pool.cancelPendingTasks === cancelThose)
        replace(pool, "cancelPendingTasks", cancelPendingTasks);
      pool.off("close", end);
      watch.forgetPool(id);
      attached.delete(pool);
    },
  };
  replace(pool, "run", run);
  replace(pool, "destroy", destroyAndEnd);
  if (close !== undefined && admission !== null) replace(pool, "close", closeEmptied);
  if (cancelPendingTasks !== undefined && admission !== null)
    replace(pool, "cancelPendingTasks", cancelThose);
  pool.on("close", end);
  attached.set(pool, poolWatch);
  return poolWatch;
}

function replace<Name extends "run" | "destroy" | "close" | "cancelPendingTasks">(
  pool: Pool,
  name: Name,
  value: NonNullable<Pool[Name]>,
): void {
  Object.defineProperty(pool, name, { value, configurable: true, writable: true, enumerable: false });
}

/** Tinypool keeps its thread within an object of its own. */
function threadOf(thread: unknown): ProfiledWorker | null {
  const inner = (thread as { thread?: unknown }).thread ?? thread;
  return typeof (inner as ProfiledWorker).threadId === "number" ? (inner as ProfiledWorker) : null;
}

function describe(value: unknown): string {
  return value === null || typeof value !== "object"
    ? String(value)
    : `an object of ${value.constructor?.name}`;
}
