import { nearestRank } from "../../../stats/nearest-rank.ts";
import type { PoolFrame } from "./pool-frame.ts";

/** What the instruments of a pool would show at a moment of a run. */
export interface Readings<Quantile extends string> {
  /** Delays in ms, null before the first of them. */
  readonly quantiles: Readonly<Record<Quantile, number | null>>;
  readonly texts: Readonly<Record<"waiting" | "longest" | Quantile, string>>;
}

/**
 * Reads a moment: who waits now, and the delays of all who were served so far.
 *
 * @param shares the quantiles to be read, by name, such as `{ p99: 0.99 }`
 */
export function readingsOf<Quantile extends string>(
  { waiting, longestMs }: PoolFrame,
  delaysMs: readonly number[],
  shares: Readonly<Record<Quantile, number>>,
): Readings<Quantile> {
  const sorted = delaysMs.toSorted((a, b) => a - b);
  const names = Object.keys(shares) as Quantile[];
  const quantiles = recordOf(names, (name) => quantileOf(sorted, shares[name]));
  return {
    quantiles,
    texts: {
      waiting: String(waiting),
      longest: `${longestMs.toFixed(0)} ms`,
      ...recordOf(names, (name) => textOf(quantiles[name])),
    },
  };
}

function recordOf<K extends string, V>(names: readonly K[], value: (name: K) => V): Record<K, V> {
  return Object.fromEntries(names.map((name) => [name, value(name)])) as Record<K, V>;
}

function quantileOf(sorted: readonly number[], p: number): number | null {
  return sorted.length === 0 ? null : (sorted[nearestRank(sorted.length, p) - 1] ?? null);
}

function textOf(ms: number | null): string {
  return ms === null ? "–" : `${ms.toFixed(1)} ms`;
}
