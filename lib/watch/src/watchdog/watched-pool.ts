import type { Incident } from "../incident/incident.ts";
import { BucketCounts, type PoolMetrics } from "../metrics/pool-metrics.ts";
import { PoolTracker } from "./pool-tracker.ts";
import type { TaskTimes } from "./task-scanner.ts";
import { type HeldThread, ThreadTimes } from "./thread-times.ts";

/** How long threads are looked at before one is asked for its stack (ns). */
const askAfterNs = 50e6;
/** From this part of the shortest hold of an incident on, a hold is looked at. */
const oldShare = 1 / 4;

interface Stack {
  readonly stack: string | null;
  readonly noStack: string | null;
}

/** One pool in the watchdog: who holds and waits, what its threads do, and its counts since the process began. */
export class WatchedPool {
  readonly tracker: PoolTracker;
  /** A shorter hold makes no incident (ns). */
  readonly holdNs: number;
  readonly #workerOfThread = new Map<number, number>();
  readonly #wait = new BucketCounts();
  readonly #hold = new BucketCounts();
  #threads = new ThreadTimes();
  #stack: Stack = { stack: null, noStack: null };
  #firedNs: number | null = null;
  #asks = 0;
  #asked: number | null = null;
  #tasks = 0;
  #incidents = 0;
  #loads = 0;

  constructor(name: string, workers: number, holdMs: number, waitMs: number) {
    this.holdNs = holdMs * 1e6;
    this.tracker = new PoolTracker(name, workers, {
      holdNs: this.holdNs,
      waitNs: waitMs * 1e6,
      quietNs: 50e6,
    });
  }

  /** Numbers the pool's threads in the order in which they were first seen; −1 for none. */
  worker(thread: number): number {
    if (thread === 0) return -1;
    const known = this.#workerOfThread.get(thread);
    if (known !== undefined) return known;
    this.#workerOfThread.set(thread, this.#workerOfThread.size);
    return this.#workerOfThread.size - 1;
  }

  /** Counts a task that is over. */
  count({ submittedNs, startedNs, endedNs }: TaskTimes): void {
    this.#tasks++;
    if (startedNs === null) return;
    this.#wait.add((startedNs - submittedNs) / 1e9);
    if (endedNs !== null) this.#hold.add((endedNs - startedNs) / 1e9);
  }

  /**
   * Looks at what the threads do while everybody is held and somebody waits, until somebody asks one for its stack: a
   * profile keeps even a parked thread busy. Threads whose hold is young are left out: reading the kernel's account takes
   * longer than following a dozen tasks.
   */
  lookAtThreads(nowNs: number, kernelThread: (record: number) => number): void {
    if (!this.tracker.saturated || this.#asked !== null) return;
    const held: HeldThread[] = [];
    for (const [record, { sinceNs }] of this.tracker.holding) {
      if (nowNs - sinceNs >= this.holdNs * oldShare)
        held.push({ record, kernelThread: kernelThread(record) });
    }
    this.#threads.look(nowNs, held);
  }

  /** Takes a stack as that of the incident which asked for it; one that comes after its end belongs to nobody. */
  setStack(ask: number, stack: Stack): void {
    if (ask === this.#asked) this.#stack = stack;
  }

  /** Gives the record of the longest hold once, when an incident has gone on for long enough to ask where it is. */
  takeHoldToAsk(nowNs: number): { readonly record: number; readonly ask: number } | null {
    if (this.#asked !== null || this.#firedNs === null || nowNs - this.#firedNs < askAfterNs) return null;
    const [longest] = [...this.tracker.holding].sort(([, a], [, b]) => a.sinceNs - b.sinceNs);
    if (longest === undefined) return null;
    this.#asked = this.#asks++;
    this.#stack = { stack: null, noStack: "the main thread, which asks for it, did not answer" };
    return { record: longest[0], ask: this.#asked };
  }

  /** Moves on to a moment, or to the end of everything with null. */
  at(nowNs: number | null): { kind: "began" | "over"; incident: Incident }[] {
    const events = nowNs === null ? this.tracker.finish() : this.tracker.at(nowNs);
    return events.flatMap((event) => {
      const threads = this.#threads.use();
      if (event.kind === "began") {
        this.#incidents++;
        this.#firedNs = nowNs;
      }
      if (event.kind === "load") this.#loads++;
      if (event.kind !== "began") this.#threads = new ThreadTimes();
      if (event.kind === "load") return [];
      const incident = { ...event.incident, threads, ...this.#stack };
      if (event.kind === "over") {
        this.#stack = { stack: null, noStack: null };
        this.#firedNs = null;
        this.#asked = null;
      }
      return [{ kind: event.kind, incident }];
    });
  }

  metrics(unseen: number): PoolMetrics {
    return {
      pool: this.tracker.name,
      workers: this.tracker.workers,
      held: this.tracker.holding.size,
      waiting: this.tracker.waiting,
      tasks: this.#tasks,
      unseen,
      incidents: this.#incidents,
      loads: this.#loads,
      starvedSeconds: this.tracker.starvedNs / 1e9,
      wait: this.#wait.read(),
      hold: this.#hold.read(),
    };
  }
}
