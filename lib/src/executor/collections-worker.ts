import { watchOwnCollections } from "../measure/worker-collections.ts";
import { meet } from "./meet.ts";
import type { EveryWorkerJob } from "./on-every-worker.ts";

let tellOwn: () => Promise<void>;

/** Starts to observe this thread's garbage collections. */
export function start({ awaited }: EveryWorkerJob<null>): void {
  meet(awaited);
  tellOwn = watchOwnCollections();
}

/** Tells of this thread's garbage collections. */
export async function tell({ awaited }: EveryWorkerJob<null>): Promise<void> {
  await tellOwn();
  meet(awaited);
}
