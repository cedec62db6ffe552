import { setTimeout as delay } from "node:timers/promises";
import { startClock } from "../measure/clock.ts";
import type { TaskSpec } from "../workload/programs.ts";
import type { PollRequest } from "../workload/task.ts";
import { workCode } from "../workload/work.ts";
import { DispatchedTask, type Dispatcher, wakeUp } from "./dispatched-task.ts";
import type { Records } from "./executor.ts";
import type { PollMessage, PollStamps } from "./piscina-worker.ts";
import { PollLog } from "./poll-log.ts";
import { runTaskGroup } from "./task-group.ts";

/** What dispatching needs to know of a pool whose tasks are messages. */
export interface MessagePool {
  /** Runs one poll of the task with this number on some worker. */
  run(message: PollMessage, task: number): Promise<PollStamps>;
  /** Numbers a worker, from 0, by the thread or process that it answers with. */
  workerOf(thread: number): number;
}

/**
 * Runs tasks whose timers and programs live on the calling thread: every poll is one message to the pool, sent when it is
 * due, and every yield another one.
 */
export async function dispatchPolls(
  specs: readonly TaskSpec[],
  pool: MessagePool,
  originNs: bigint,
  recording: boolean,
): Promise<Pick<Records, "polls" | "events">> {
  const log = new PollLog(specs.length * 16);
  const events: number[][] = [];
  const now = startClock(originNs);
  let drained = false;

  const runPolls = async (task: DispatchedTask, dueNs: number, request: PollRequest): Promise<void> => {
    const { last } = task;
    const message: PollMessage = {
      originNs: recording ? originNs : null,
      work: workCode(request.work),
      argument: request.argument,
    };
    const times = request.times === "until-drained" ? Number.POSITIVE_INFINITY : request.times;
    for (let poll = 0; poll === 0 || (poll < times && !drained); poll++) {
      last.dueNs = poll === 0 ? dueNs : last.endedNs;
      last.enqueuedNs = now();
      const [startedNs, endedNs, thread] = await pool.run(message, task.number);
      last.startedNs = startedNs;
      last.endedNs = endedNs;
      last.worker = pool.workerOf(thread);
      if (recording) log.add(task.number, task.tag, last);
    }
  };
  const dispatcher: Dispatcher = {
    now,
    events,
    drained: () => drained,
    wakeAt: async (task, dueNs) => {
      // Node cuts fractions of a millisecond off, and the wake-up would come before it is due.
      await delay(Math.max(0, Math.ceil((dueNs - now()) / 1e6)));
      await runPolls(task, dueNs, wakeUp);
    },
    submit: (task, request) => runPolls(task, now(), request),
  };
  await runTaskGroup(
    specs,
    (number) => new DispatchedTask(number, dispatcher),
    () => {
      drained = true;
    },
  );
  return { polls: log.columns(), events };
}
