import type { Incident } from "../incident/incident.ts";
import { incidentLine } from "../incident/incident-line.ts";
import type { TaskMemory } from "../memory/task-memory.ts";
import type { PoolMetrics } from "../metrics/pool-metrics.ts";
import type { WatchSettings } from "../options.ts";
import type { TraceWriter } from "../trace/trace-writer.ts";
import { EndedPools } from "./ended-pools.ts";
import { LibuvCanary, type TrivialCall } from "./libuv-canary.ts";
import type { Lines } from "./lines.ts";
import { MainWatch } from "./main-watch.ts";
import type { FromWatchdog, ToWatchdog } from "./messages.ts";
import { TaskScanner, type TaskTimes } from "./task-scanner.ts";
import { WatchedPool } from "./watched-pool.ts";

/** How long a stamp may take from the clock to the memory before it counts as late (ns). */
const guardNs = 1e6;
const flushNs = 1e9;
/** Between two looks, at most: with nothing under way; with tasks; with a hold that may belong to an incident (ms). */
const idleMs = 25;
const busyMs = 10;
const closeMs = 5;

/** What the watchdog acts on. */
export interface WatchdogEffects {
  readonly now: () => number;
  readonly trivialCall: TrivialCall;
  readonly lines: Lines;
  readonly trace: TraceWriter | null;
  readonly tell: (message: FromWatchdog) => void;
  /** Tells whether the kernel still knows a thread; true where it cannot be asked. */
  readonly isThere: (kernelThread: number) => boolean;
  /** Gives the messages that have come since. */
  readonly inbox: () => ToWatchdog[];
  /** Finds the main thread's stack, or says why there is none. */
  readonly mainStack: (() => Promise<{ stack: string | null; noStack: string | null }>) | null;
}

/** Turns stamps into incidents while they last. Everything it knows, it reads from the shared memory. */
export class Watchdog {
  readonly #memory: TaskMemory;
  readonly #settings: WatchSettings;
  readonly #effects: WatchdogEffects;
  readonly #scanner: TaskScanner;
  readonly #main: MainWatch;
  readonly #canary: LibuvCanary;
  readonly #pools = new Map<number, WatchedPool>();
  readonly #ended = new EndedPools();
  readonly #tasks = new Map<number, string>();
  #mainStack: { stack: string | null; noStack: string | null } = { stack: null, noStack: null };
  #flushedNs = 0;
  #finished = false;
  #asked = false;

  constructor(memory: TaskMemory, settings: WatchSettings, effects: WatchdogEffects) {
    this.#memory = memory;
    this.#settings = settings;
    this.#effects = effects;
    this.#scanner = new TaskScanner(memory);
    this.#main = new MainWatch(memory, settings.mainMs * 1e6);
    this.#canary = new LibuvCanary(effects.trivialCall, effects.now, settings.libuvMs * 1e6);
    this.#flushedNs = effects.now();
  }

  get finished(): boolean {
    return this.#finished;
  }

  /** Whether the watched thread asked for the end. */
  get asked(): boolean {
    return this.#asked;
  }

  /**
   * Tells how long the next look may wait (ms): an incident needs a hold of some length, so that the thread has to be there
   * when the longest hold comes of that age, and often from then on.
   */
  restMs(): number {
    if (this.#scanner.underWay === 0) return idleMs;
    const nowNs = this.#effects.now();
    let ms = busyMs;
    for (const { tracker, holdNs } of this.#pools.values()) {
      const sinceNs = tracker.heldSinceNs;
      if (sinceNs === null) continue;
      const leftMs = (holdNs + guardNs - (nowNs - sinceNs)) / 1e6;
      ms = Math.min(ms, leftMs <= 0 ? closeMs : Math.max(1, Math.ceil(leftMs)));
    }
    return ms;
  }

  /** Looks once at everything. */
  look(): void {
    const nowNs = this.#effects.now();
    this.#advance(nowNs, nowNs - guardNs);
    for (const { kind, incident } of this.#main.at(nowNs, () => this.#scanner.undelivered())) {
      this.#report(kind, kind === "began" ? incident : { ...incident, ...this.#mainStack });
      if (kind === "began") this.#findMainStack();
    }
    for (const { kind, incident } of this.#canary.at(nowNs)) this.#report(kind, incident);
    if (nowNs - this.#flushedNs < flushNs) return;
    this.#scanner.endLost(nowNs, this.#effects.isThere);
    this.#flush(nowNs);
  }

  /** Writes down what goes on, at the end of the process. */
  finish(): void {
    const nowNs = this.#effects.now();
    this.#advance(nowNs, nowNs);
    for (const pool of this.#pools.values()) {
      for (const { kind, incident } of pool.at(null)) this.#report(kind, incident);
    }
    for (const { kind, incident } of this.#main.finish(nowNs)) {
      this.#report(kind, { ...incident, ...this.#mainStack });
    }
    for (const { kind, incident } of this.#canary.finish(nowNs)) this.#report(kind, incident);
    this.#flush(nowNs);
    this.#effects.trace?.close();
    this.#finished = true;
    this.#memory.markFlushed();
  }

  /** Gives the counts of all pools, by name. */
  metrics(): PoolMetrics[] {
    return this.#ended.joined([...this.#pools.values()].map((pool) => pool.metrics(this.#memory.unseen)));
  }

  #advance(nowNs: number, untilNs: number): void {
    const found = this.#scanner.scan(untilNs);
    // After the scan: whoever names a pool or a task does so before it stamps anything with its number.
    const messages = this.#effects.inbox();
    for (const message of messages) this.#name(message);
    this.#follow(found, nowNs, untilNs);
    if (messages.length === 0) return;
    // What was stamped before somebody asked belongs to the answer.
    this.#follow(this.#scanner.scan(nowNs), nowNs, nowNs);
    for (const message of messages) this.#hear(message);
  }

  #follow({ steps, over }: ReturnType<TaskScanner["scan"]>, nowNs: number, untilNs: number): void {
    const blocks = this.#main.blocks(nowNs);
    for (const pool of this.#pools.values()) pool.tracker.setMainBlocks(blocks);
    for (const { kind, atNs, record, pool, task } of steps) {
      this.#pools.get(pool)?.tracker.take({ kind, atNs, record, task: this.#nameOf(task) });
    }
    for (const times of over) this.#isOver(times);
    for (const pool of this.#pools.values()) {
      pool.lookAtThreads(nowNs, (record) => this.#memory.kernelThread(record));
      for (const { kind, incident } of pool.at(untilNs)) {
        this.#report(kind, incident);
      }
      if (this.#settings.stacks) this.#askForStack(pool, nowNs);
    }
  }

  #isOver(times: TaskTimes): void {
    const pool = this.#pools.get(times.pool);
    if (pool === undefined) return;
    pool.count(times);
    this.#effects.trace?.add(pool.tracker.name, this.#nameOf(times.task), pool.worker(times.thread), times);
  }

  #report(kind: "began" | "over", found: Incident): void {
    const toldNs = this.#effects.now();
    const incident = { ...found, toldNs };
    this.#effects.lines.say(incidentLine(incident), incident.pool, toldNs);
    if (kind === "over") this.#effects.trace?.addIncident(incident);
    this.#effects.tell({ kind, incident });
  }

  #flush(nowNs: number): void {
    this.#flushedNs = nowNs;
    const open = this.#scanner.open().flatMap((times) => {
      const pool = this.#pools.get(times.pool);
      return pool === undefined
        ? []
        : [
            {
              pool: pool.tracker.name,
              task: this.#nameOf(times.task),
              worker: pool.worker(times.thread),
              times,
            },
          ];
    });
    const problem = this.#effects.trace?.flush(open, this.metrics(), this.#canary.waitNs(nowNs));
    if (problem) this.#effects.lines.say(problem, "trace", nowNs);
    this.#effects.tell({ kind: "metrics", metrics: this.metrics() });
  }

  #name(message: ToWatchdog): void {
    if (message.kind === "task") this.#tasks.set(message.task, message.name);
    if (message.kind !== "pool") return;
    const { name, workers, holdMs, waitMs } = message;
    this.#pools.set(message.pool, new WatchedPool(name, workers, holdMs, waitMs));
  }

  #hear(message: ToWatchdog): void {
    switch (message.kind) {
      case "pool":
      case "task":
        return;
      case "forget-pool":
        this.#forget(message.pool);
        return;
      case "stack":
        this.#pools
          .get(message.pool)
          ?.setStack(message.ask, { stack: message.stack, noStack: message.noStack });
        return;
      case "say":
        this.#effects.lines.say(message.line, "", this.#effects.now());
        return;
      case "echo":
        this.#effects.tell(message);
        return;
      case "finish":
        this.#asked = true;
        return;
    }
  }

  #forget(number: number): void {
    const pool = this.#pools.get(number);
    if (pool === undefined) return;
    for (const { kind, incident } of pool.at(null)) this.#report(kind, incident);
    this.#pools.delete(number);
    this.#scanner.endUnsettled(number, this.#effects.now());
    this.#ended.add(pool.metrics(this.#memory.unseen));
  }

  #askForStack(pool: WatchedPool, nowNs: number): void {
    const asked = pool.takeHoldToAsk(nowNs);
    if (asked === null) return;
    const { record, ask } = asked;
    this.#effects.tell({
      kind: "find-stack",
      pool: this.#memory.pool(record),
      ask,
      thread: this.#memory.thread(record),
    });
  }

  #findMainStack(): void {
    this.#mainStack = { stack: null, noStack: null };
    if (!this.#settings.stacks || this.#effects.mainStack === null) return;
    this.#mainStack = { stack: null, noStack: "the main thread did not answer, as in a native call" };
    void this.#effects.mainStack().then((found) => {
      this.#mainStack = found;
    });
  }

  #nameOf(task: number): string {
    return this.#tasks.get(task) ?? "unnamed";
  }
}
