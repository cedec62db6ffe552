import type { Piscina } from "piscina";
import { entryBeside } from "../measure/entry-beside.ts";
import { onEveryWorker } from "./on-every-worker.ts";

const collectionsWorker = entryBeside(import.meta.url, "collections-worker");

/**
 * Observes garbage collections on every worker of an idle pool that gets its work as messages; the returned function, to be
 * called once the pool is idle again, lets each worker tell. A worker that waits for messages on a futex does not turn its
 * event loop, and tells nothing unless asked.
 */
export async function watchCollections(pool: Piscina, workers: number): Promise<() => Promise<void>> {
  await onEveryWorker(pool, workers, [collectionsWorker, "start"], null);
  return async () => {
    await onEveryWorker(pool, workers, [collectionsWorker, "tell"], null);
  };
}
