import { pollMs } from "./blocker-sweep.ts";
import type { Simulation, Workload } from "./simulation.ts";

/** The tasks of the request-timeouts experiment in closed loop, as a model sees them. */
export interface RequestLoad {
  readonly clients: number;
  readonly requests: number;
  readonly blockingShare: number;
  readonly blockMs: number;
  readonly sleeps: number;
  readonly sleepMs: number;
  readonly timeoutMs: number;
  /**
   * Whether a time-out waits on the same event loop as the poll it races. Then a poll that was due before the
   * time-out also runs before it, however late both are.
   */
  readonly timeoutsShareWorker: boolean;
  /** Draws how late a timer fires of itself. */
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
} as const satisfies Partial<RequestLoad>;

/** Multiples of the golden ratio's fraction spread the blocking requests evenly over time and clients. */
const goldenFraction = 0.618033988;

const starting = -2;
const blocking = -1;

/** Clients that send one request after the other; counts those that missed their deadline. */
export class RequestLoadWorkload implements Workload {
  readonly tasks: number;
  failures = 0;
  completed = 0;
  readonly #load: RequestLoad;
  /** Of each client: requests ended, polls of the present one or what it does before, its deadline, its timer. */
  readonly #ended: Int32Array;
  readonly #polls: Int32Array;
  readonly #deadlineMs: Float64Array;
  readonly #firedMs: Float64Array;
  #simulation: Simulation | undefined;

  constructor(load: RequestLoad) {
    this.#load = load;
    this.tasks = load.clients;
    this.#ended = new Int32Array(load.clients);
    this.#polls = new Int32Array(load.clients).fill(starting);
    this.#deadlineMs = new Float64Array(load.clients);
    this.#firedMs = new Float64Array(load.clients);
  }

  place(task: number): number {
    return task;
  }

  begin(simulation: Simulation): void {
    this.#simulation = simulation;
    const { blockingShare, blockMs, sleeps, sleepMs, random } = this.#load;
    const idleRequestMs = blockingShare * blockMs + sleeps * sleepMs;
    for (let client = 0; client < this.tasks; client++) {
      simulation.holdMs[client] = pollMs;
      this.#sleepUntil(client, random() * idleRequestMs);
    }
  }

  ended(client: number): void {
    const { sleeps, sleepMs, timeoutMs, timeoutsShareWorker } = this.#load;
    const { nowMs } = this.#simulation as Simulation;
    const polls = (this.#polls[client] as number) + 1;
    this.#polls[client] = polls;
    if (polls === starting + 1) {
      this.#send(client);
      return;
    }
    if (polls === blocking + 1) {
      this.#deadlineMs[client] = nowMs + timeoutMs;
      this.#sleepUntil(client, nowMs + sleepMs);
      return;
    }
    const reachedMs = timeoutsShareWorker ? (this.#firedMs[client] as number) : nowMs;
    const expired = reachedMs > (this.#deadlineMs[client] as number);
    if (!expired && polls < sleeps) {
      this.#sleepUntil(client, nowMs + sleepMs);
      return;
    }
    if (expired) this.failures++;
    else this.completed++;
    const ended = (this.#ended[client] as number) + 1;
    this.#ended[client] = ended;
    if (ended < this.#load.requests) this.#send(client);
  }

  #send(client: number): void {
    const simulation = this.#simulation as Simulation;
    const { requests, blockingShare, blockMs, sleepMs, timeoutMs } = this.#load;
    const number = client * requests + (this.#ended[client] as number);
    if ((number * goldenFraction) % 1 < blockingShare) {
      this.#polls[client] = blocking;
      simulation.holdMs[client] = blockMs;
      simulation.submit(client);
    } else {
      this.#polls[client] = 0;
      this.#deadlineMs[client] = simulation.nowMs + timeoutMs;
      this.#sleepUntil(client, simulation.nowMs + sleepMs);
    }
  }

  #sleepUntil(client: number, dueMs: number): void {
    const simulation = this.#simulation as Simulation;
    const firesMs = dueMs + this.#load.lagMs();
    this.#firedMs[client] = firesMs;
    simulation.holdMs[client] = pollMs;
    simulation.sleepUntil(client, firesMs);
  }
}
