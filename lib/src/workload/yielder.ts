import type { TaskProgram } from "./task.ts";

export interface YielderParameters {
  /** Polls of nothing, a yield between each two. */
  readonly polls: number;
}

/** Goes to the tail of the run queue again and again, and tells how long that took (ns). */
export const yielder: TaskProgram<YielderParameters> = async (task, { polls }) => {
  const beganNs = task.now();
  await task.poll({ work: "nothing", argument: 0, times: polls });
  task.emit(task.now() - beganNs);
};
