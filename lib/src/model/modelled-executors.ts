import type { BlockerLaps } from "./blocker-laps.ts";
import type { DisciplineName } from "./disciplines.ts";
import type { DelayShare } from "./discrete-delays.ts";
import { eventLoopDelay } from "./event-loop-delay.ts";
import { sharedQueueDelay } from "./shared-queue-delay.ts";

export interface ModelledExecutor {
  readonly executor: "run-queue" | "pinned";
  readonly discipline: DisciplineName;
  readonly closedForm: (design: BlockerLaps) => DelayShare[];
  /**
   * Whether tasks and time-outs live on event loops: then a client's time-out waits on the loop of its polls, and all
   * timers of a loop fire together, a tick apart.
   */
  readonly onEventLoops: boolean;
}

/** The executors under study of which there is a model. */
export const modelledExecutors: readonly ModelledExecutor[] = [
  {
    executor: "run-queue",
    discipline: "shared queue",
    closedForm: sharedQueueDelay,
    onEventLoops: false,
  },
  { executor: "pinned", discipline: "event loops", closedForm: eventLoopDelay, onEventLoops: true },
];
