import { watchOwnCollections } from "../measure/worker-collections.ts";
import { meet } from "./meet.ts";
import type { EveryWorkerJob } from "./on-every-worker.ts";

let tellOwn: (() => Promise<void>) | undefined;

/** Starts to observe this thread's garbage collections. */
export function start({ awaited }: EveryWorkerJob<null>): void {
  meet(awaited);
  tellOwn = watchOwnCollections();
}

/**
 * Tells of this thread's garbage collections. A thread that stands in for one that was killed meanwhile has not observed any,
 * and meets the others all the same: they wait for it.
 */
export async function tell({ awaited }: EveryWorkerJob<null>): Promise<void> {
  try {
    await tellOwn?.();
  } finally {
    meet(awaited);
  }
}
