import type { TaskProgram } from "./task.ts";

export interface WakeUpParameters {
  /** Intended time, fixed before the run; a late predecessor does not move it. */
  readonly dueMs: number;
  readonly round: number;
}

/** Wakes once at its intended time: one arrival of an open-loop probe, free of coordinated omission. */
export const wakeUp: TaskProgram<WakeUpParameters> = async (task, { dueMs, round }) => {
  task.tag = round;
  await task.sleepUntil(dueMs);
};
