import type { Executor } from "./executor.ts";
import { runPinned } from "./pinned-executor.ts";
import { runOnPiscina } from "./piscina-executor.ts";
import { runOnRunQueue } from "./run-queue-executor.ts";

/** The executors under study, by the name they have in tables and figures. */
export const executors = {
  "run-queue": runOnRunQueue,
  piscina: runOnPiscina,
  pinned: runPinned,
} as const satisfies Record<string, Executor>;

export type ExecutorName = keyof typeof executors;

export const executorNames = Object.keys(executors) as ExecutorName[];
