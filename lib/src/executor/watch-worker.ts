import { threadId } from "node:worker_threads";
import { type ThreadReading, watchThread } from "../measure/watch-thread.ts";

let read: () => ThreadReading;

/** Starts this thread's instruments. */
export function start(awaited: Int32Array): void {
  meet(awaited);
  read = watchThread();
}

/** Reads this thread's instruments. */
export function stop(awaited: Int32Array): [number, ThreadReading] {
  const reading = read();
  meet(awaited);
  return [threadId, reading];
}

/** Holds the thread until all workers are here. */
function meet(awaited: Int32Array): void {
  if (Atomics.sub(awaited, 0, 1) === 1) {
    Atomics.notify(awaited, 0);
    return;
  }
  for (let left = Atomics.load(awaited, 0); left > 0; left = Atomics.load(awaited, 0)) {
    Atomics.wait(awaited, 0, left, 10);
  }
}
