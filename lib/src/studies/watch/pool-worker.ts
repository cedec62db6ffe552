import { type HoldStamps, type HoldTask, holdThread, prepareHolds } from "./holds.ts";

/** The task that holds workers. */
export function report(task: HoldTask): HoldStamps {
  return holdThread(task);
}

/** A task that wants a worker for a moment. */
export function step(task: HoldTask): HoldStamps {
  return holdThread(task);
}

/** Loads what the holds need. */
export function prepare(): Promise<void> {
  return prepareHolds();
}
