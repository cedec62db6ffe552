import type { PollRequest, TaskProgram } from "./task.ts";

export interface RestingBlockerParameters {
  /** Holds, one after the other; after the last comes the first again. */
  readonly blocksMs: readonly number[];
  readonly blocks: PollRequest["times"];
  /** Sleep between two blocks. */
  readonly restMs: number;
  readonly startMs: number;
}

/** Holds a worker, sleeps, and again: a blocker that re-arms through a timer, not through the queue. */
export const restingBlocker: TaskProgram<RestingBlockerParameters> = async (task, parameters) => {
  const { blocksMs, blocks, restMs, startMs } = parameters;
  const last = blocks === "until-drained" ? Number.POSITIVE_INFINITY : blocks;
  task.tag = -1;
  if (startMs > 0) await task.sleep(startMs);
  for (let block = 0; block < last && (block === 0 || blocks !== "until-drained" || !task.drained); block++) {
    if (block > 0) {
      task.tag = -1;
      await task.sleep(restMs);
    }
    task.tag = 0;
    await task.poll({ work: "park", argument: blocksMs[block % blocksMs.length] as number, times: 1 });
  }
};
