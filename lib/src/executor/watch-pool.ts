import type { Piscina } from "piscina";
import { entryBeside } from "../measure/entry-beside.ts";
import type { ThreadReading } from "../measure/watch-thread.ts";
import { onEveryWorker } from "./on-every-worker.ts";

const watchWorker = entryBeside(import.meta.url, "watch-worker");

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
  await onEveryWorker(pool, workers, [watchWorker, "start"], null);
  pool.histogram.resetWaitTime();
  pool.histogram.resetRunTime();
  return async () =>
    new Map(await onEveryWorker<null, [number, ThreadReading]>(pool, workers, [watchWorker, "stop"], null));
}
