import { pollMs } from "./blocker-sweep.ts";
import { takesShare } from "./even-share.ts";
import type { Simulation, Workload } from "./simulation.ts";

/** The tasks of the request-timeouts experiment, as a model sees them. */
export interface RequestLoad {
  readonly clients: number;
  /** Of each client. */
  readonly requests: number;
  readonly blockingShare: number;
  readonly blockMs: number;
  readonly sleeps: number;
  readonly sleepMs: number;
  readonly timeoutMs: number;
  /** Closed: a client sends when its last request has ended. Open: at intended times, however late the others are. */
  readonly loop: "closed" | "open";
  /**
   * Whether a time-out waits on the same event loop as the poll it races. Then a poll that was due before the
   * time-out also runs before it, however late both are.
   */
  readonly timeoutsShareWorker: boolean;
  /**
   * How far apart an event loop looks at its timers (ms): all that were set since the last look fire at the next one,
   * together. Null where each timer fires at a moment of its own.
   *
   *     set    ·A····B········|
   *     fire                  A B      and from here on A and B sleep and wake in step
   */
  readonly tickMs: number | null;
  /** Draws how late a timer fires of itself, where it has a moment of its own. */
  readonly lagMs: () => number;
  readonly random: () => number;
}

/** The published parameters: 30 % of 20 requests block 50 ms, then all sleep 10 × 1 ms under 100 ms. */
export const publishedRequests = {
  requests: 20,
  blockingShare: 0.3,
  blockMs: 50,
  sleeps: 10,
  sleepMs: 1,
  timeoutMs: 100,
  loop: "closed",
} as const satisfies Partial<RequestLoad>;

const starting = -2;
const blocking = -1;

/**
 * Clients that send requests; counts those that missed their deadline. In closed loop a task is a client and sends one
 * request after the other; in open loop a task is one request of a client.
 */
export class RequestLoadWorkload implements Workload {
  readonly tasks: number;
  failures = 0;
  completed = 0;
  readonly #load: RequestLoad;
  /** Requests that a task sends. */
  readonly #each: number;
  /** Of each task: requests ended, polls of the present one or what it does before, its deadline, its timer. */
  readonly #ended: Int32Array;
  readonly #polls: Int32Array;
  readonly #deadlineMs: Float64Array;
  readonly #firedMs: Float64Array;
  #simulation: Simulation | undefined;

  constructor(load: RequestLoad) {
    const { clients, requests, loop } = load;
    this.#load = load;
    this.#each = loop === "closed" ? requests : 1;
    this.tasks = (clients * requests) / this.#each;
    this.#ended = new Int32Array(this.tasks);
    this.#polls = new Int32Array(this.tasks).fill(starting);
    this.#deadlineMs = new Float64Array(this.tasks);
    this.#firedMs = new Float64Array(this.tasks);
  }

  place(task: number): number {
    return Math.floor((task * this.#each) / this.#load.requests);
  }

  begin(simulation: Simulation): void {
    this.#simulation = simulation;
    const { clients, blockingShare, blockMs, sleeps, sleepMs, random } = this.#load;
    const idleRequestMs = blockingShare * blockMs + sleeps * sleepMs;
    const perClient = this.tasks / clients;
    for (let client = 0; client < clients; client++) {
      const startMs = random() * idleRequestMs;
      for (let round = 0; round < perClient; round++) {
        this.#sleepUntil(client * perClient + round, startMs + round * idleRequestMs);
      }
    }
  }

  ended(task: number): void {
    const { sleeps, sleepMs, timeoutMs, timeoutsShareWorker } = this.#load;
    const { nowMs } = this.#simulation as Simulation;
    const polls = (this.#polls[task] as number) + 1;
    this.#polls[task] = polls;
    if (polls === starting + 1) {
      this.#send(task);
      return;
    }
    if (polls === blocking + 1) {
      this.#deadlineMs[task] = nowMs + timeoutMs;
      this.#sleepUntil(task, nowMs + sleepMs);
      return;
    }
    const reachedMs = timeoutsShareWorker ? (this.#firedMs[task] as number) : nowMs;
    const expired = reachedMs > (this.#deadlineMs[task] as number);
    if (!expired && polls < sleeps) {
      this.#sleepUntil(task, nowMs + sleepMs);
      return;
    }
    if (expired) this.failures++;
    else this.completed++;
    const ended = (this.#ended[task] as number) + 1;
    this.#ended[task] = ended;
    if (ended < this.#each) this.#send(task);
  }

  #send(task: number): void {
    const simulation = this.#simulation as Simulation;
    const { blockingShare, blockMs, sleepMs, timeoutMs } = this.#load;
    const number = task * this.#each + (this.#ended[task] as number);
    if (takesShare(number, blockingShare)) {
      this.#polls[task] = blocking;
      simulation.holdMs[task] = blockMs;
      simulation.submit(task);
    } else {
      this.#polls[task] = 0;
      this.#deadlineMs[task] = simulation.nowMs + timeoutMs;
      this.#sleepUntil(task, simulation.nowMs + sleepMs);
    }
  }

  #sleepUntil(task: number, dueMs: number): void {
    const simulation = this.#simulation as Simulation;
    const firesMs = this.#firesMs(dueMs);
    this.#firedMs[task] = firesMs;
    simulation.holdMs[task] = pollMs;
    simulation.sleepUntil(task, firesMs);
  }

  /** A tick is as long as a sleep of 1 ms takes on an idle loop; a long sleep ends with the tick it would end in. */
  #firesMs(dueMs: number): number {
    const { tickMs, lagMs } = this.#load;
    if (tickMs === null) return dueMs + lagMs();
    const { nowMs } = this.#simulation as Simulation;
    return Math.max(Math.floor(nowMs / tickMs) + 1, Math.floor(dueMs / tickMs)) * tickMs;
  }
}
