import type { TaskProgram } from "./task.ts";

export interface YielderParameters {
  /** Polls of nothing, a yield between each two. */
  readonly polls: number;
  /** Time for which it yields before what is measured, so that the process is no longer young (ms; default 0). */
  readonly agingMs?: number;
}

/** Goes to the tail of the run queue again and again, and tells how long that took (ns). */
export const yielder: TaskProgram<YielderParameters> = async (task, { polls, agingMs = 0 }) => {
  while (task.now() < agingMs * 1e6) await task.poll({ work: "nothing", argument: 0, times: polls });
  const beganNs = task.now();
  await task.poll({ work: "nothing", argument: 0, times: polls });
  task.emit(task.now() - beganNs);
};
