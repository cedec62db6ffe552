import { readFile } from "node:fs/promises";
import pLimit from "p-limit";
import { Piscina } from "piscina";
import { pool } from "./starve.ts";

// Ask asynchronously, outside the pool.
export const reportAsync = async (path: string) =>
  (await readFile(path, "utf8")).length;

// Give it a pool of its own.
const filename = new URL("./worker.ts", import.meta.url).href;
export const slowPool = new Piscina({
  filename,
  minThreads: 1,
  maxThreads: 2,
});
export const reportApart = (path: string) =>
  slowPool.run({ path }, { name: "report" });

// Cut it into pieces: after each, whoever waits has a turn.
export async function priceAll(
  cents: readonly number[],
): Promise<number[]> {
  const prices: number[] = [];
  for (const each of cents)
    prices.push(await pool.run({ cents: each }, { name: "price" }));
  return prices;
}

// Admit fewer than there are workers.
const atMostThree = pLimit(3);
export const reportAdmitted = (path: string) =>
  atMostThree(() => pool.run({ path }, { name: "report" }));

// Do no dead work: at its deadline a task leaves the queue.
export function priceInTime(
  cents: number,
  deadline: AbortSignal,
): Promise<number> {
  return pool.run({ cents }, { name: "price", signal: deadline });
}
