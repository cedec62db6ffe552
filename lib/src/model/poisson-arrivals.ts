import type { Simulation, Workload } from "./simulation.ts";

export interface PoissonArrivals {
  /** Arrivals until the source dries up, and how many of the first are not counted. */
  readonly arrivals: number;
  readonly warmUp: number;
  readonly meanBetweenMs: number;
  readonly meanServiceMs: number;
  /** Exponential service makes a pool with one queue M/M/c, constant service M/D/c. */
  readonly service: "exponential" | "constant";
  /** Most customers that may be present at once. */
  readonly places: number;
  readonly random: () => number;
}

/** Customers that come at random and want one poll: the classical queues, against which the simulator is checked. */
export class PoissonArrivalsWorkload implements Workload {
  readonly tasks: number;
  /** Customers counted, those of them that had to wait, and the sum of their waits (ms). */
  counted = 0;
  delayed = 0;
  waitedMs = 0;
  /** Integral over time of how many customers wait (customers · ms), whole run. */
  waitingMs = 0;
  /** Sum of all waits, uncounted customers too. */
  allWaitedMs = 0;
  readonly #source: PoissonArrivals;
  readonly #arrivedMs: Float64Array;
  readonly #numbers: Float64Array;
  readonly #free: Int32Array;
  #freeCount: number;
  #arrived = 0;
  #present = 0;
  #lastChangeMs = 0;
  #simulation: Simulation | undefined;

  constructor(source: PoissonArrivals) {
    this.#source = source;
    this.tasks = source.places;
    this.#arrivedMs = new Float64Array(source.places);
    this.#numbers = new Float64Array(source.places);
    this.#free = Int32Array.from({ length: source.places }, (_, place) => place);
    this.#freeCount = source.places;
  }

  place(task: number): number {
    return task;
  }

  begin(simulation: Simulation): void {
    this.#simulation = simulation;
    simulation.alarmAt(this.#exponential(this.#source.meanBetweenMs));
  }

  alarm(): void {
    const simulation = this.#simulation as Simulation;
    const { arrivals, meanBetweenMs, meanServiceMs, service, places } = this.#source;
    if (this.#freeCount === 0)
      throw new RangeError(`places must be enough for the queue; all ${places} are taken`);
    this.#integrate(1);
    const customer = this.#free[--this.#freeCount] as number;
    this.#arrivedMs[customer] = simulation.nowMs;
    this.#numbers[customer] = this.#arrived++;
    simulation.holdMs[customer] =
      service === "exponential" ? this.#exponential(meanServiceMs) : meanServiceMs;
    simulation.submit(customer);
    if (this.#arrived < arrivals) simulation.alarmAt(simulation.nowMs + this.#exponential(meanBetweenMs));
  }

  ended(customer: number): void {
    const simulation = this.#simulation as Simulation;
    this.#integrate(-1);
    const waitMs = (simulation.startedMs[customer] as number) - (this.#arrivedMs[customer] as number);
    this.allWaitedMs += waitMs;
    if ((this.#numbers[customer] as number) >= this.#source.warmUp) {
      this.counted++;
      this.waitedMs += waitMs;
      if (waitMs > 0) this.delayed++;
    }
    this.#free[this.#freeCount++] = customer;
  }

  /** With one queue nobody waits while a worker is free: those beyond the workers wait. */
  #integrate(change: 1 | -1): void {
    const { nowMs, workers } = this.#simulation as Simulation;
    this.waitingMs += Math.max(0, this.#present - workers) * (nowMs - this.#lastChangeMs);
    this.#lastChangeMs = nowMs;
    this.#present += change;
  }

  #exponential(mean: number): number {
    return -mean * Math.log(1 - this.#source.random());
  }
}
