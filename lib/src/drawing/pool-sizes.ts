import { palette } from "./palette.ts";

/** Blues from light to dark, as many as there are pool sizes: a larger pool is a darker line. */
const BLUES = [palette.pale, palette.sky, palette.blue, palette.navy];

/** Gives the colour of the i-th of `count` pool sizes. */
export function poolColor(i: number, count: number): string {
  return BLUES[Math.max(0, BLUES.length - count) + i] ?? palette.navy;
}

/** Writes a number of workers with groups of thousands, as "1 worker" or "16,384 workers". */
export function workersText(workers: number): string {
  return `${workers.toLocaleString("en-US")} ${workers === 1 ? "worker" : "workers"}`;
}
