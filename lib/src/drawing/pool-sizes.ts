/** Blues from light to dark, as many as there are pool sizes: a larger pool is a darker line. */
const BLUES = ["#9ecae1", "#56B4E9", "#0072B2", "#08306b"];

/** Gives the colour of the i-th of `count` pool sizes. */
export function poolColor(i: number, count: number): string {
  return BLUES[Math.max(0, BLUES.length - count) + i] ?? "#08306b";
}

/** Writes a number of workers with groups of thousands, as "1 worker" or "16,384 workers". */
export function workersText(workers: number): string {
  return `${workers.toLocaleString("en-US")} ${workers === 1 ? "worker" : "workers"}`;
}
