import type { PollRequest, TaskProgram } from "./task.ts";

export interface BlockerParameters {
  readonly blockMs: number;
  readonly blocks: PollRequest["times"];
  readonly startMs: number;
}

/** Holds a worker for `blockMs`, yields, and again: correct code that never fails and starves the others. */
export const blocker: TaskProgram<BlockerParameters> = async (task, { blockMs, blocks, startMs }) => {
  task.tag = -1;
  if (startMs > 0) await task.sleep(startMs);
  task.tag = 0;
  await task.poll({ work: "park", argument: blockMs, times: blocks });
};
