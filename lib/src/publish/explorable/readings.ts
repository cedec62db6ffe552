import { nearestRank } from "../../stats/nearest-rank.ts";
import type { PoolFrame } from "./pool-frame.ts";

/** What the instruments of a pool would show at a moment of a run: delays in ms, null before the first of them. */
export interface Readings {
  readonly p50: number | null;
  readonly p99: number | null;
  readonly texts: Readonly<Record<"waiting" | "longest" | "p50" | "p99", string>>;
}

/** Reads a moment: who waits now, and the delays of all who were served so far. */
export function readingsOf({ waiting, longestMs }: PoolFrame, delaysMs: readonly number[]): Readings {
  const sorted = delaysMs.toSorted((a, b) => a - b);
  const [p50, p99] = [quantileOf(sorted, 0.5), quantileOf(sorted, 0.99)];
  const texts = {
    waiting: String(waiting),
    longest: `${longestMs.toFixed(0)} ms`,
    p50: textOf(p50),
    p99: textOf(p99),
  };
  return { p50, p99, texts };
}

function quantileOf(sorted: readonly number[], p: number): number | null {
  return sorted.length === 0 ? null : (sorted[nearestRank(sorted.length, p) - 1] ?? null);
}

function textOf(ms: number | null): string {
  return ms === null ? "–" : `${ms.toFixed(1)} ms`;
}
