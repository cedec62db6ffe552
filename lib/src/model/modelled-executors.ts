import type { BlockerLaps } from "./blocker-laps.ts";
import type { DelayShare } from "./discrete-delays.ts";
import { eventLoopDelay } from "./event-loop-delay.ts";
import { eventLoops } from "./event-loops.ts";
import { sharedQueue } from "./shared-queue.ts";
import { sharedQueueDelay } from "./shared-queue-delay.ts";
import type { Discipline } from "./simulation.ts";

export interface ModelledExecutor {
  readonly executor: "run-queue" | "pinned";
  readonly discipline: Discipline;
  readonly closedForm: (design: BlockerLaps) => DelayShare[];
  /** Whether a client's time-out waits on the event loop of its polls. */
  readonly timeoutsShareWorker: boolean;
}

/** The executors under study of which there is a model. */
export const modelledExecutors: readonly ModelledExecutor[] = [
  {
    executor: "run-queue",
    discipline: sharedQueue,
    closedForm: sharedQueueDelay,
    timeoutsShareWorker: false,
  },
  { executor: "pinned", discipline: eventLoops, closedForm: eventLoopDelay, timeoutsShareWorker: true },
];
