import type { Discipline, Scheduler, Simulation } from "./simulation.ts";
import { TaskQueues } from "./task-queues.ts";

export interface Stealing {
  /** Who waits for timers: whichever idle worker got there first, or a thread that does nothing else. */
  readonly timers: "worker" | "thread";
  /** Whether the task woken last goes into a slot of its own, ahead of the queue and out of reach for thieves. */
  readonly lifoSlot: boolean;
  readonly random: () => number;
}

/** Time from waking a parked worker until it looks for work. */
const wakeMs = 0.01;
/** After so many polls a worker looks at timers and at the global queue although it has work of its own. */
const checkInterval = 61;
const none = -1;

/**
 * A queue a worker, with stealing, as Tokio's scheduler has it, reduced to what decides who waits.
 *
 *     timers ─▶ the worker that parks on them ─▶ its slot (newest) and queue ──▶ polls
 *                                                          │ half
 *     new tasks ─▶ global queue ─▶ any worker              ▼
 *                                                another worker that searches
 *
 * One idle worker parks on the timers; the others park until they are notified. It lets go of the timers when it
 * wakes, and notifies another only if it woke more than one task. So if it wakes a single task, and that task blocks,
 * nobody looks at the timers until the block ends or someone else runs out of work, however many workers are idle.
 *
 * @see https://github.com/tokio-rs/tokio/issues/4730 the consequence
 * @see https://github.com/tokio-rs/tokio/blob/master/tokio/src/runtime/scheduler/multi_thread/worker.rs the rules
 */
export function stealingQueues(stealing: Stealing): Discipline {
  return (simulation) => new StealingQueues(simulation, stealing);
}

class StealingQueues implements Scheduler {
  readonly #simulation: Simulation;
  readonly #stealing: Stealing;
  /** Of each worker: its own queue, then its tasks that yielded; at the end the global queue and the fired timers. */
  readonly #queues: TaskQueues;
  readonly #global: number;
  readonly #fired: number;
  readonly #slot: Int32Array;
  readonly #polls: Uint32Array;
  readonly #searching: Uint8Array;
  readonly #parked: Int32Array;
  #parkedCount: number;
  #searchingCount = 0;
  #stealable = 0;
  /** The worker that is parked on the timers, and whether it is about to wake. */
  #driver = 0;
  #driverRoused = false;

  constructor(simulation: Simulation, stealing: Stealing) {
    const { workers, workload } = simulation;
    this.#simulation = simulation;
    this.#stealing = stealing;
    this.#queues = new TaskQueues(workload.tasks, 2 * workers + 2);
    this.#global = 2 * workers;
    this.#fired = 2 * workers + 1;
    this.#slot = new Int32Array(workers).fill(none);
    this.#polls = new Uint32Array(workers);
    this.#searching = new Uint8Array(workers);
    this.#parked = Int32Array.from({ length: workers }, (_, i) => i + 1);
    this.#parkedCount = workers - 1;
  }

  wake(task: number): void {
    if (this.#stealing.timers === "thread") {
      this.#queues.push(this.#global, task);
      this.#notify();
    } else {
      this.#queues.push(this.#fired, task);
      this.#rouseDriver();
    }
  }

  submit(task: number): void {
    const worker = this.#simulation.current;
    if (worker >= 0) {
      this.#queues.push(this.#yielded(worker), task);
    } else {
      this.#queues.push(this.#global, task);
      this.#notify();
    }
  }

  release(worker: number): void {
    if (worker === this.#driver) {
      this.#driver = none;
      this.#driverRoused = false;
      this.#collect(worker);
    }
    this.#lookForWork(worker);
  }

  #lookForWork(worker: number): void {
    const polls = (this.#polls[worker] as number) + 1;
    this.#polls[worker] = polls;
    if (polls % checkInterval === 0) this.#collect(worker);
    let task = this.#take(worker, polls);
    if (task < 0 && this.#hasMore(worker)) {
      this.#collect(worker);
      task = this.#take(worker, polls);
    }
    const searched = this.#searching[worker] === 1;
    if (searched) {
      this.#searching[worker] = 0;
      this.#searchingCount--;
    }
    if (task < 0) {
      this.#park(worker);
      return;
    }
    // The last of the searchers that finds something sends another to search.
    if (searched && this.#searchingCount === 0) this.#notify();
    this.#simulation.start(worker, task);
  }

  #take(worker: number, polls: number): number {
    if (polls % checkInterval === 0 && this.#queues.length(this.#global) > 0) {
      return this.#queues.shift(this.#global);
    }
    const newest = this.#slot[worker] as number;
    if (newest >= 0) {
      this.#slot[worker] = none;
      return newest;
    }
    const own = this.#queues.shift(worker);
    if (own >= 0) {
      this.#stealable--;
      return own;
    }
    const shared = this.#queues.shift(this.#global);
    return shared >= 0 ? shared : this.#steal(worker);
  }

  /** Takes half of the first queue found, from a random worker on: the oldest to run, the others to keep. */
  #steal(thief: number): number {
    if (this.#stealable === 0) return none;
    const { workers } = this.#simulation;
    const start = Math.floor(this.#stealing.random() * workers);
    for (let i = 0; i < workers; i++) {
      const victim = (start + i) % workers;
      const length = this.#queues.length(victim);
      if (victim === thief || length === 0) continue;
      const task = this.#queues.shift(victim);
      this.#stealable--;
      for (let more = length - (length >> 1) - 1; more > 0; more--) {
        this.#queues.push(thief, this.#queues.shift(victim));
      }
      return task;
    }
    return none;
  }

  #hasMore(worker: number): boolean {
    const fired = this.#driver === none && this.#queues.length(this.#fired) > 0;
    return fired || this.#queues.length(this.#yielded(worker)) > 0;
  }

  /** Looks at the timers, if nobody else is parked on them, and then takes back the tasks that yielded. */
  #collect(worker: number): void {
    if (this.#driver === none) {
      while (this.#queues.length(this.#fired) > 0) this.#schedule(worker, this.#queues.shift(this.#fired));
    }
    const yielded = this.#yielded(worker);
    while (this.#queues.length(yielded) > 0) this.#schedule(worker, this.#queues.shift(yielded));
    const waiting = this.#queues.length(worker) + ((this.#slot[worker] as number) >= 0 ? 1 : 0);
    if (waiting > 1) this.#notify();
  }

  #schedule(worker: number, task: number): void {
    let older = task;
    if (this.#stealing.lifoSlot) {
      older = this.#slot[worker] as number;
      this.#slot[worker] = task;
    }
    if (older < 0) return;
    this.#queues.push(worker, older);
    this.#stealable++;
  }

  #park(worker: number): void {
    if (this.#driver === none) {
      this.#driver = worker;
    } else {
      this.#parked[this.#parkedCount++] = worker;
    }
  }

  /** Sends one parked worker to search, unless one is searching already. */
  #notify(): void {
    if (this.#searchingCount > 0) return;
    if (this.#parkedCount > 0) {
      const worker = this.#parked[--this.#parkedCount] as number;
      this.#searching[worker] = 1;
      this.#searchingCount++;
      this.#simulation.rouse(worker, wakeMs);
    } else {
      this.#rouseDriver();
    }
  }

  #rouseDriver(): void {
    if (this.#driver === none || this.#driverRoused) return;
    this.#driverRoused = true;
    this.#simulation.rouse(this.#driver, wakeMs);
  }

  #yielded(worker: number): number {
    return this.#simulation.workers + worker;
  }
}
