import { blocker } from "./blocker.ts";
import { arrival, client } from "./client.ts";
import { consumer, coordinator, stream } from "./coordinator.ts";
import { keyDeriver } from "./key-deriver.ts";
import { lockUser } from "./lock-user.ts";
import { probe } from "./probe.ts";
import { raisePriority } from "./raise-priority.ts";
import { restingBlocker } from "./resting-blocker.ts";
import { enrichment, stateUser } from "./state-users.ts";
import type { Task, TaskProgram } from "./task.ts";
import { unevenBlocker } from "./uneven-blocker.ts";
import { waitMeter } from "./wait-meter.ts";
import { wakeUp } from "./wake-up.ts";
import { yielder } from "./yielder.ts";

const programs = {
  probe,
  wakeUp,
  blocker,
  unevenBlocker,
  restingBlocker,
  keyDeriver,
  client,
  arrival,
  lockUser,
  yielder,
  waitMeter,
  stream,
  coordinator,
  consumer,
  enrichment,
  stateUser,
  raisePriority,
} as const;

type Programs = typeof programs;

/** A task to be started: its program by name and the parameters. Serialisable, except for locks and channels of one thread. */
export type TaskSpec = {
  [Name in keyof Programs]: Programs[Name] extends TaskProgram<infer P>
    ? {
        readonly program: Name;
        readonly parameters: P;
        /** Background tasks run "until-drained"; the run is over when the foreground is. */
        readonly background?: boolean;
        /** Tasks with one home live on one worker where tasks are pinned: the requests of one client, say. */
        readonly home?: number;
      }
    : never;
}[keyof Programs];

/** Starts the program that the specification names. */
export function startProgram(task: Task, spec: TaskSpec): Promise<void> {
  const program = programs[spec.program] as TaskProgram<unknown>;
  return program(task, spec.parameters);
}
