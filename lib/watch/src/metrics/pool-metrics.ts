/** Upper bounds of the histograms' buckets (s), as Prometheus and OpenTelemetry recommend for latencies. */
export const bounds: readonly number[] = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Counts of values by bucket, the last one above all bounds. */
export interface Histogram {
  readonly counts: readonly number[];
  readonly sum: number;
}

/** What the pools of one name, one after the other, have come to since the process began. */
export interface PoolMetrics {
  readonly pool: string;
  /** Workers the pool may have, or might before it ended. */
  readonly workers: number;
  readonly held: number;
  readonly waiting: number;
  readonly tasks: number;
  /** Tasks of this process that no record was free for; their waits are not known. */
  readonly unseen: number;
  readonly incidents: number;
  /** Times tasks waited as long as in an incident and nobody held a worker long: too much load. */
  readonly loads: number;
  /** Time in which every worker was held (s). */
  readonly starvedSeconds: number;
  /** From submission to start, and from start to end (s). */
  readonly wait: Histogram;
  readonly hold: Histogram;
}

/** Counts values into the buckets. */
export class BucketCounts {
  readonly #counts = new Array<number>(bounds.length + 1).fill(0);
  #sum = 0;

  add(seconds: number): void {
    const at = bounds.findIndex((bound) => seconds <= bound);
    const bucket = at < 0 ? bounds.length : at;
    this.#counts[bucket] = (this.#counts[bucket] as number) + 1;
    this.#sum += seconds;
  }

  read(): Histogram {
    return { counts: [...this.#counts], sum: this.#sum };
  }
}
