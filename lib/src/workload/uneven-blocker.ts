import type { TaskProgram } from "./task.ts";

export interface UnevenBlockerParameters {
  /** Holds, one after the other; after the last comes the first again. */
  readonly blocksMs: readonly number[];
  readonly startMs: number;
}

/** Holds a worker for one duration after the other, a yield between, until the last foreground task has ended. */
export const unevenBlocker: TaskProgram<UnevenBlockerParameters> = async (task, { blocksMs, startMs }) => {
  task.tag = -1;
  if (startMs > 0) await task.sleep(startMs);
  task.tag = 0;
  for (let block = 0; !task.drained; block = (block + 1) % blocksMs.length) {
    await task.poll({ work: "park", argument: blocksMs[block] as number, times: 1 });
  }
};
