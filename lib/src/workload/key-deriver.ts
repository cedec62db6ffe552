import type { PollRequest, TaskProgram } from "./task.ts";

export interface KeyDeriverParameters {
  /** Keys derived in one poll. */
  readonly keys: number;
  readonly polls: PollRequest["times"];
  readonly startMs: number;
}

/** Holds a worker and its core while it derives keys, yields, and again: a blocker that computes. */
export const keyDeriver: TaskProgram<KeyDeriverParameters> = async (task, { keys, polls, startMs }) => {
  task.tag = -1;
  if (startMs > 0) await task.sleep(startMs);
  task.tag = 0;
  await task.poll({ work: "deriveKeys", argument: keys, times: polls });
};
