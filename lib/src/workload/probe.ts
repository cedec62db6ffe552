import type { TaskProgram } from "./task.ts";

export interface ProbeParameters {
  readonly sleeps: number;
  readonly sleepMs: number;
  /** Offset of the first measured sleep, so that probes need not wake together. */
  readonly phaseMs: number;
  /** Sleeps before the first measured one, so that the process is no longer young (default none). */
  readonly agingSleeps?: number;
}

/** Sleeps over and over and does nothing else: how late it wakes is what others did to it. Closed loop. */
export const probe: TaskProgram<ProbeParameters> = async (task, parameters) => {
  const { sleeps, sleepMs, phaseMs, agingSleeps = 0 } = parameters;
  task.tag = -1;
  if (phaseMs > 0) await task.sleep(phaseMs);
  for (let round = 0; round < agingSleeps; round++) await task.sleep(sleepMs);
  for (let round = 0; round < sleeps; round++) {
    task.tag = round;
    await task.sleep(sleepMs);
  }
};
