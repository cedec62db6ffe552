import { readThreadWait } from "../measure/thread-wait.ts";
import type { TaskProgram } from "./task.ts";

export interface WaitMeterParameters {
  readonly slices: number;
  readonly sliceMs: number;
}

/**
 * Tells, slice by slice, how long the thread that runs this program (the dispatcher's, where there is one) was ready
 * without a core (ns), and how often its core was taken from it. Tells nothing where the kernel does not.
 */
export const waitMeter: TaskProgram<WaitMeterParameters> = async (task, { slices, sliceMs }) => {
  task.tag = -1;
  let before = readThreadWait();
  for (let slice = 0; slice < slices && before !== null; slice++) {
    await task.sleep(sliceMs);
    const after = readThreadWait();
    if (after === null) return;
    task.emit(slice, after.waitedNs - before.waitedNs, after.preemptions - before.preemptions);
    before = after;
  }
};
