import { startClock } from "../../src/measure/clock.ts";

/** What a task is told: where time begins, and how long it holds its worker (ms). */
export interface TaskMessage {
  readonly originNs: bigint;
  readonly holdMs: number;
}

const nobody = new Int32Array(new SharedArrayBuffer(4));

/** Holds the worker and tells when it began (ns since the origin). */
export default function holdWorker({ originNs, holdMs }: TaskMessage): number {
  const startedNs = startClock(originNs)();
  if (holdMs > 0) Atomics.wait(nobody, 0, 0, holdMs);
  return startedNs;
}
