import type { Histogram, PoolMetrics } from "../metrics/pool-metrics.ts";

/** Of further names the oldest are forgotten. */
const namesAtMost = 1000;

/** What pools that have ended came to, by name: the counts of the next pool of that name go on from there. */
export class EndedPools {
  readonly #pools = new Map<string, PoolMetrics>();

  /** Adds what a pool came to when it is no longer watched. */
  add(ended: PoolMetrics): void {
    const known = this.#withEarlier(ended);
    this.#pools.delete(ended.pool);
    this.#pools.set(ended.pool, { ...known, held: 0, waiting: 0 });
    if (this.#pools.size > namesAtMost) this.#pools.delete(this.#pools.keys().next().value ?? "");
  }

  /** Gives the counts by name: of the pools that are watched now, and of those that have ended. */
  joined(watched: readonly PoolMetrics[]): PoolMetrics[] {
    const names = new Set(watched.map(({ pool }) => pool));
    const others = [...this.#pools.values()].filter(({ pool }) => !names.has(pool));
    return [...others, ...watched.map((metrics) => this.#withEarlier(metrics))];
  }

  #withEarlier(metrics: PoolMetrics): PoolMetrics {
    const earlier = this.#pools.get(metrics.pool);
    if (earlier === undefined) return metrics;
    return {
      ...metrics,
      tasks: earlier.tasks + metrics.tasks,
      incidents: earlier.incidents + metrics.incidents,
      loads: earlier.loads + metrics.loads,
      starvedSeconds: earlier.starvedSeconds + metrics.starvedSeconds,
      wait: sum(earlier.wait, metrics.wait),
      hold: sum(earlier.hold, metrics.hold),
    };
  }
}

function sum(a: Histogram, b: Histogram): Histogram {
  return { counts: a.counts.map((count, at) => count + (b.counts[at] ?? 0)), sum: a.sum + b.sum };
}
