import { setImmediate as nextTurn } from "node:timers/promises";
import FlatQueue from "flatqueue";
import { startClock } from "../measure/clock.ts";
import type { TaskSpec } from "../workload/programs.ts";
import { DispatchedTask, type Dispatcher } from "./dispatched-task.ts";
import type { Records } from "./executor.ts";
import { PollLog } from "./poll-log.ts";
import { runTaskGroup } from "./task-group.ts";

const nobody = new Int32Array(new SharedArrayBuffer(4));

/**
 * The control that keeps time as finely as this process can, with no worker at all: the calling thread keeps the timers of
 * the tasks, waits on a futex until the next is due, and runs the poll itself. What an executor adds to it is what queueing
 * and waking another thread cost; Node's own timers fire on whole milliseconds.
 *
 * @throws {RangeError} from a task that asks for more than sleeps: nobody would yield to it
 */
export async function runOnFutexTimer(specs: readonly TaskSpec[]): Promise<Records> {
  const log = new PollLog(specs.length * 16);
  const events: number[][] = [];
  const now = startClock();
  const timers = new FlatQueue<number>();
  const wakers: (() => void)[] = [];
  let finished = false;

  const dispatcher: Dispatcher = {
    now,
    events,
    drained: () => true,
    wakeAt: ({ number }, dueNs) => {
      timers.push(number, dueNs);
      return new Promise((resolve) => {
        wakers[number] = resolve;
      });
    },
    submit: () =>
      Promise.reject(new RangeError("task of the futex timer must only sleep; it asked for a poll")),
  };
  const tasks = specs.map((_, number) => new DispatchedTask(number, dispatcher));
  const drive = async (): Promise<void> => {
    while (!finished) {
      const dueNs = timers.peekValue() ?? Number.POSITIVE_INFINITY;
      const leftMs = (dueNs - now()) / 1e6;
      if (leftMs > 0) Atomics.wait(nobody, 0, 0, Math.min(leftMs, 1));
      while ((timers.peekValue() ?? Number.POSITIVE_INFINITY) <= now()) wake();
      await nextTurn();
    }
  };
  const wake = (): void => {
    const dueNs = timers.peekValue() as number;
    const { number, tag, last } = tasks[timers.pop() as number] as DispatchedTask;
    last.dueNs = dueNs;
    last.enqueuedNs = Number.NaN;
    last.startedNs = now();
    last.endedNs = last.startedNs;
    log.add(number, tag, last);
    (wakers[number] as () => void)();
  };
  const group = runTaskGroup(
    specs,
    (number) => tasks[number] as DispatchedTask,
    () => {},
  ).finally(() => {
    finished = true;
  });
  await Promise.all([group, drive()]);
  return { polls: log.columns(), events };
}
