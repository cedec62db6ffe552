import { extname } from "node:path";
import type { Piscina } from "piscina";
import type { ThreadReading } from "../measure/watch-thread.ts";

const entryPoint = new URL(`./watch-worker${extname(import.meta.url)}`, import.meta.url).href;

/**
 * Starts the instruments on every worker of an idle pool that gets its polls as messages; the returned function reads
 * them once the pool is idle again.
 *
 * @returns readings by thread id
 */
export async function watchPool(
  pool: Piscina,
  workers: number,
): Promise<() => Promise<Map<number, ThreadReading>>> {
  // Each worker waits in its task for the others, so that none gets two.
  const onEveryWorker = <T>(name: "start" | "stop"): Promise<T[]> => {
    const awaited = new Int32Array(new SharedArrayBuffer(4)).fill(workers);
    return Promise.all(
      Array.from({ length: workers }, () => pool.run(awaited, { filename: entryPoint, name }) as Promise<T>),
    );
  };
  await onEveryWorker("start");
  pool.histogram.resetWaitTime();
  pool.histogram.resetRunTime();
  return async () => new Map(await onEveryWorker<[number, ThreadReading]>("stop"));
}
