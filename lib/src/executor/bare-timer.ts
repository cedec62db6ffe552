import { startClock } from "../measure/clock.ts";
import type { TaskSpec } from "../workload/programs.ts";
import { EventLoopTask } from "./event-loop-task.ts";
import type { Records } from "./executor.ts";
import { PollLog } from "./poll-log.ts";
import { runTaskGroup } from "./task-group.ts";

/** The control: the same tasks as plain `setTimeout` loops on the calling thread, with no worker at all. */
export async function runOnBareTimer(specs: readonly TaskSpec[]): Promise<Records> {
  const log = new PollLog(specs.length * 16);
  const events: number[][] = [];
  const loop = { worker: -1, now: startClock(), log, events, drained: () => true };
  await runTaskGroup(
    specs,
    (number) => new EventLoopTask(number, loop),
    () => {},
  );
  return { polls: log.columns(), events };
}
