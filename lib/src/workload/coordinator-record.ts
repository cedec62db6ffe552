import type { Task } from "./task.ts";
import type { TaskLock } from "./task-lock.ts";

/** What a stream sends, and what is derived from it. */
export interface StreamMessage {
  readonly stream: number;
  readonly number: number;
  /** Intended time of sending; its events are late from here on, whoever delayed them. */
  readonly dueNs: number;
}

/** What an event row of these programs is about. */
export const coordinatorRow = { message: 0, event: 1, enrichment: 2, entry: 3 } as const;

/** Columns of these rows; NaN where a row has none. */
export const coordinatorEvent = [
  "row",
  "stream",
  "number",
  "endedNs",
  "lockWaitNs",
  "handOverNs",
  "holdNs",
  "sendNs",
  "latencyNs",
] as const;

/** Times of a row, in ns; each row has some of them. */
export interface Times {
  lockWaitNs?: number;
  handOverNs?: number;
  holdNs?: number;
  sendNs?: number;
  latencyNs?: number;
}

/** Does something under the lock of the shared state; tells how long it waited and held. */
export async function enter(task: Task, state: TaskLock, during: () => Promise<void>): Promise<Times> {
  const requestedNs = task.now();
  const grantedNs = await state.acquire(task);
  const ownsNs = task.now();
  await during();
  state.release(task);
  return {
    lockWaitNs: ownsNs - requestedNs,
    handOverNs: ownsNs - (grantedNs ?? ownsNs),
    holdNs: task.now() - ownsNs,
  };
}

/** Emits one row: what it is about, which message it belongs to, and its times. */
export function emit(task: Task, row: number, { stream: from, number }: StreamMessage, times: Times): void {
  const { lockWaitNs, handOverNs, holdNs, sendNs, latencyNs } = times;
  const optional = [lockWaitNs, handOverNs, holdNs, sendNs, latencyNs].map((value) => value ?? Number.NaN);
  task.emit(row, from, number, task.now(), ...optional);
}
