import { threadId } from "node:worker_threads";
import { type ThreadReading, watchThread } from "../measure/watch-thread.ts";
import { meet } from "./meet.ts";
import type { EveryWorkerJob } from "./on-every-worker.ts";

let read: () => ThreadReading;

/** Starts this thread's instruments. */
export function start({ awaited }: EveryWorkerJob<null>): void {
  meet(awaited);
  read = watchThread();
}

/** Reads this thread's instruments. */
export function stop({ awaited }: EveryWorkerJob<null>): [number, ThreadReading] {
  const reading = read();
  meet(awaited);
  return [threadId, reading];
}
