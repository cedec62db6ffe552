import { setPriority } from "node:os";
import type { TaskProgram } from "./task.ts";

export interface RaisePriorityParameters {
  /** Niceness of the thread from here on; below 0 it goes before the threads it woke. */
  readonly niceness: number;
}

/**
 * Puts the thread that runs this program (the dispatcher's, where there is one) before the workers, which have started
 * already and keep their niceness.
 *
 * @throws where the process may not raise its priority
 * @see https://man7.org/linux/man-pages/man2/setpriority.2.html "nice value is per-thread" on Linux
 */
export const raisePriority: TaskProgram<RaisePriorityParameters> = async (_task, { niceness }) => {
  setPriority(0, niceness);
};
