import type { PollRequest, Task, TaskProgram } from "./task.ts";
import type { TaskLock } from "./task-lock.ts";

/** What a task does under a lock. */
export interface CriticalSection {
  /** Null: the poll takes the lock and frees it itself. */
  readonly lock: TaskLock | null;
  /** Polls during which the lock is held. */
  readonly polls: number;
  readonly request: PollRequest;
}

export interface LockUserParameters {
  readonly user: number;
  readonly rounds: number;
  /** Null: takes no lock. */
  readonly section: CriticalSection | null;
  /** After the section, if there is one. */
  readonly sleeps: number;
  readonly sleepMs: number;
  readonly timeoutMs: number;
  readonly startMs: number;
}

/** Columns of the event row that every round emits; NaN for what the round did not come to. */
export const lockUserEvent = [
  "user",
  "round",
  "locks",
  "beganNs",
  "latencyNs",
  "timedOut",
  /** Request to the moment at which the task runs with the lock, or has given up. */
  "lockWaitNs",
  /** The part of it after the lock was there for the task: waiting for a worker. */
  "handOverNs",
  "holdNs",
  /** Sum of its polls' overheads, and the part of it that the dispatcher caused. */
  "waitNs",
  "dispatchNs",
] as const;

/**
 * Does rounds one after the other: a section under a lock, then some sleeps, all under one time-out.
 *
 *     began                                                        deadline
 *       ├── lock wait ──┤hand-over├── hold ──┤─ sleep ─ sleep ─┤      │
 *                   granted     owns     released             ended
 */
export const lockUser: TaskProgram<LockUserParameters> = async (task, parameters) => {
  task.tag = -1;
  if (parameters.startMs > 0) await task.sleep(parameters.startMs);
  task.tag = parameters.user;
  for (let round = 0; round < parameters.rounds; round++) {
    const { section, sleeps, sleepMs, timeoutMs, user } = parameters;
    const beganNs = task.now();
    const timer = new AbortController();
    const expired = Promise.withResolvers<void>();
    const timeout = setTimeout(() => {
      timer.abort();
      expired.resolve();
    }, timeoutMs);
    const log = {
      lockWaitNs: Number.NaN,
      handOverNs: Number.NaN,
      holdNs: Number.NaN,
      waitNs: 0,
      dispatchNs: 0,
    };

    const steps = async (): Promise<void> => {
      if (section !== null) await underLock(task, section, timer.signal, log);
      for (let sleep = 0; sleep < sleeps && !timer.signal.aborted; sleep++) {
        await task.sleep(sleepMs);
        count(task, log);
      }
    };
    const work = steps();
    await Promise.race([work, expired.promise]);
    clearTimeout(timeout);
    const timedOut = timer.signal.aborted;
    const latencyNs = task.now() - beganNs;
    // The task goes on only when a worker has run the poll in flight.
    await work;
    const { lockWaitNs, handOverNs, holdNs, waitNs, dispatchNs } = log;
    task.emit(
      user,
      round,
      Number(section !== null),
      beganNs,
      latencyNs,
      Number(timedOut),
      lockWaitNs,
      handOverNs,
      holdNs,
      waitNs,
      dispatchNs,
    );
  }
};

interface RoundLog {
  lockWaitNs: number;
  handOverNs: number;
  holdNs: number;
  waitNs: number;
  dispatchNs: number;
}

async function underLock(
  task: Task,
  { lock, polls, request }: CriticalSection,
  signal: AbortSignal,
  log: RoundLog,
): Promise<void> {
  const requestedNs = task.now();
  if (lock === null) {
    await task.poll(request);
    count(task, log);
    log.lockWaitNs = task.last.endedNs - request.argument * 1e6 - requestedNs;
    return;
  }
  const grantedNs = await lock.acquire(task, signal);
  const ownsNs = task.now();
  if (task.last.startedNs > requestedNs) count(task, log);
  log.lockWaitNs = ownsNs - requestedNs;
  if (grantedNs === null) return;
  log.handOverNs = ownsNs - grantedNs;
  for (let poll = 0; poll < polls && !signal.aborted; poll++) {
    await task.poll(request);
    count(task, log);
  }
  lock.release(task);
  log.holdNs = task.now() - ownsNs;
}

function count({ last }: Task, log: RoundLog): void {
  log.waitNs += last.startedNs - last.dueNs;
  if (!Number.isNaN(last.enqueuedNs)) log.dispatchNs += last.enqueuedNs - last.dueNs;
}
