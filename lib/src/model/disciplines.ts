import { eventLoops } from "./event-loops.ts";
import { sharedQueue } from "./shared-queue.ts";
import type { Discipline } from "./simulation.ts";
import { stealingQueues } from "./stealing-queues.ts";

export type DisciplineName =
  | "shared queue"
  | "event loops"
  | "stealing, timer thread"
  | "stealing, timers on a worker"
  | "the same without slot";

/** Every discipline there is a model of, by a name that can travel to another thread; made from random numbers. */
export const disciplines: Readonly<Record<DisciplineName, (random: () => number) => Discipline>> = {
  "shared queue": () => sharedQueue,
  "event loops": () => eventLoops,
  "stealing, timer thread": (random) => stealingQueues({ timers: "thread", lifoSlot: true, random }),
  "stealing, timers on a worker": (random) => stealingQueues({ timers: "worker", lifoSlot: true, random }),
  "the same without slot": (random) => stealingQueues({ timers: "worker", lifoSlot: false, random }),
};
