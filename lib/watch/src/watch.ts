import { isMainThread, setEnvironmentData, Worker } from "node:worker_threads";
import { listeningVariable } from "./attach/tell-listening.ts";
import { entryBeside } from "./entry-beside.ts";
import { findWorkerStack, type ProfiledWorker } from "./incident/worker-stack.ts";
import { nowNs } from "./memory/clock.ts";
import { kernelThread } from "./memory/kernel-thread.ts";
import { TaskMemory } from "./memory/task-memory.ts";
import { TaskRecords } from "./memory/task-records.ts";
import { memoryKey, type Ticket } from "./memory/ticket.ts";
import { type Incidents, incidentEvents } from "./metrics/channels.ts";
import { exportMetrics } from "./metrics/open-telemetry.ts";
import type { PoolMetrics } from "./metrics/pool-metrics.ts";
import { parseOptions, type WatchOptions, type WatchSettings, watchSettings } from "./options.ts";
import { printable } from "./printable.ts";
import type { FromWatchdog, ToWatchdog, WatchdogData } from "./watchdog/messages.ts";

const beatMs = 10;
/** A longer stretch between two beats means that the loop stood still (ns). */
const stillNs = 20e6;
/** Most that the end of the process waits for the trace (ms); who checks a program came for its trace. */
const flushLimitMs = { watched: 250, checked: 10_000 };
/** Further names of tasks are all one. */
const namesAtMost = 1000;
const furtherTasks = "further tasks";

/** What a pool is watched as. */
export interface PoolDeclaration {
  readonly name: string;
  /** Tasks it works on at once, at most. */
  readonly workers: number;
  readonly holdMs?: number | undefined;
  readonly waitMs?: number | undefined;
  /** Its threads, for a stack of one that is held. */
  readonly threads?: (() => readonly ProfiledWorker[]) | undefined;
}

/** The watch of this thread's pools: the shared memory, and the thread that reads it. */
export class Watch {
  static #current: Watch | null = null;

  readonly settings: WatchSettings;
  readonly memory = new TaskMemory();
  readonly incidents: Incidents = incidentEvents();
  readonly #records = new TaskRecords(this.memory);
  readonly #watchdog: Worker;
  readonly #names = new Map<string, number>();
  readonly #pools = new Map<number, PoolDeclaration>();
  readonly #atExit = () => this.#finish();
  readonly #beat: NodeJS.Timeout;
  readonly #echoes = new Map<number, PromiseWithResolvers<void>>();
  #metrics: readonly PoolMetrics[] = [];
  #echoCount = 0;
  #poolCount = 0;
  #over = false;
  #failure: Error | null = null;

  private constructor(settings: WatchSettings) {
    this.settings = settings;
    setEnvironmentData(memoryKey, this.memory.buffer);
    this.memory.kernelMainThread = kernelThread();
    this.#watchdog = startWatchdog({
      memory: this.memory.buffer,
      settings,
      isMainThread,
      command: process.argv.slice(1).join(" "),
      originNs: nowNs(),
    });
    this.#watchdog.on("message", (message: FromWatchdog) => this.#hear(message));
    this.#watchdog.on("error", (error: unknown) => this.#fail(error));
    this.#watchdog.unref();
    this.#beat = setInterval(() => this.#turn(), beatMs).unref();
    process.on("exit", this.#atExit);
    void exportMetrics(() => this.#metrics, this.incidents);
  }

  /** Gives the watch of this thread; starts it with the options of the environment where there is none. */
  static current(): Watch {
    return Watch.#current ?? Watch.start(parseOptions(process.env["SCHEDULING_SAFETY_WATCH"] ?? ""));
  }

  /**
   * Starts the watch of this thread.
   *
   * @throws {Error} when it has been started already.
   * @throws {TypeError} when an option is unknown or wrong.
   */
  static start(options: WatchOptions = {}): Watch {
    const settings = watchSettings(options);
    if (Watch.#current !== null)
      throw new Error("watch has been started already: set options before the first pool");
    Watch.#current = new Watch(settings);
    return Watch.#current;
  }

  /** The counts of all pools, at most a second old. */
  get metrics(): readonly PoolMetrics[] {
    return this.#metrics;
  }

  /** Begins to watch a pool; gives its number. */
  addPool(declaration: PoolDeclaration): number {
    const pool = this.#poolCount++;
    const name = this.#unusedName(declaration.name);
    this.#pools.set(pool, { ...declaration, name });
    const { workers, holdMs = this.settings.holdMs, waitMs = this.settings.waitMs } = declaration;
    this.#tell({ kind: "pool", pool, name, workers, holdMs, waitMs });
    return pool;
  }

  nameOf(pool: number): string {
    return this.#pools.get(pool)?.name ?? "";
  }

  /** Ceases to watch a pool. */
  forgetPool(pool: number): void {
    if (this.#pools.delete(pool)) this.#tell({ kind: "forget-pool", pool });
  }

  /** Marks a task as submitted; null when it cannot be watched. */
  submit(pool: number, task: string, willSettle = true): Ticket | null {
    return this.#over ? null : this.#records.submit(pool, this.#numberOf(task), willSettle);
  }

  /** Marks a task as over for its submitter. */
  settle(ticket: Ticket): void {
    this.#records.settle(ticket);
  }

  /**
   * Resolves when the watchdog has taken up all that was said and stamped before, and its incidents have been published; at
   * once when the watch is stopped.
   *
   * @throws {Error} when the watchdog failed, so that nobody knows what there was.
   */
  heard(): Promise<void> {
    if (this.#failure !== null) return Promise.reject(this.#failure);
    if (this.#over) return Promise.resolve();
    const number = this.#echoCount++;
    const echo = Promise.withResolvers<void>();
    this.#echoes.set(number, echo);
    this.#watchdog.ref();
    this.#tell({ kind: "echo", number });
    return echo.promise;
  }

  /** Says a line where the watch says its lines. */
  say(line: string): void {
    this.#tell({ kind: "say", line });
  }

  /** Ends the watch; pools that were attached go on unwatched. */
  async stop(): Promise<void> {
    process.off("exit", this.#atExit);
    this.#finish();
    if (Watch.#current === this) Watch.#current = null;
    await this.#watchdog.terminate();
    this.#endEchoes(({ resolve }) => resolve());
  }

  #turn(): void {
    const now = nowNs();
    const { beatNs } = this.memory;
    if (beatNs > 0 && now - beatNs > stillNs) this.memory.block = { fromNs: beatNs, toNs: now };
    this.memory.beatNs = now;
  }

  #hear(message: FromWatchdog): void {
    if (message.kind === "metrics") this.#metrics = message.metrics;
    else if (message.kind === "echo") {
      this.#echoes.get(message.number)?.resolve();
      this.#echoes.delete(message.number);
      if (this.#echoes.size === 0) this.#watchdog.unref();
    } else if (message.kind === "find-stack") void this.#findStack(message.pool, message.ask, message.thread);
    else this.incidents.publish(message.kind, message.incident);
  }

  async #findStack(pool: number, ask: number, thread: number): Promise<void> {
    try {
      const worker = this.#pools
        .get(pool)
        ?.threads?.()
        .find(({ threadId }) => threadId === thread);
      this.#tell({ kind: "stack", pool, ask, ...(await findWorkerStack(worker)) });
    } catch (error) {
      const noStack = `threads failed: ${error instanceof Error ? error.message : String(error)}`;
      this.#tell({ kind: "stack", pool, ask, stack: null, noStack });
    }
  }

  #finish(): void {
    if (this.#over) return;
    this.#over = true;
    clearInterval(this.#beat);
    this.#watchdog.postMessage({ kind: "finish" } satisfies ToWatchdog);
    this.memory.waitFlushed(
      flushLimitMs[process.env[listeningVariable] === undefined ? "watched" : "checked"],
    );
  }

  #fail(error: unknown): void {
    this.#over = true;
    clearInterval(this.#beat);
    const sentence = `the watch ends here: ${error instanceof Error ? error.message : String(error)}`;
    const failure = new Error(sentence, { cause: error });
    this.#failure = failure;
    if (this.settings.lines !== "off") process.stderr.write(`[watch] ${printable(sentence)}\n`);
    this.#endEchoes(({ reject }) => reject(failure));
  }

  #endEchoes(end: (echo: PromiseWithResolvers<void>) => void): void {
    for (const echo of this.#echoes.values()) end(echo);
    this.#echoes.clear();
  }

  #tell(message: ToWatchdog): void {
    if (!this.#over) this.#watchdog.postMessage(message);
  }

  #numberOf(task: string): number {
    const known = this.#names.get(task);
    if (known !== undefined) return known;
    if (this.#names.size >= namesAtMost && task !== furtherTasks) return this.#numberOf(furtherTasks);
    const number = this.#names.size;
    this.#names.set(task, number);
    this.#tell({ kind: "task", task: number, name: task });
    return number;
  }

  #unusedName(name: string): string {
    const used = new Set([...this.#pools.values()].map((pool) => pool.name));
    for (let number = 2, other = name; ; number++) {
      if (!used.has(other)) return other;
      other = `${name} ${number}`;
    }
  }
}

function startWatchdog(data: WatchdogData): Worker {
  const entry = entryBeside(import.meta.url, "watchdog/watchdog-thread");
  return new Worker(entry, { workerData: data, name: "watch", execArgv: [] });
}
