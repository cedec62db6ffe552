import { isEnvelope } from "../memory/ticket.ts";
import { holding, memoryOf } from "./stamp.ts";

/**
 * Wraps a worker's handler so that it stamps when a task holds the worker: `parentPort.on("message", watched(handle))`. The
 * handler gets what the submitter's `mark` or `run` was given; messages that were not marked pass through.
 */
export function watched<Rest extends readonly unknown[], Result>(
  handler: (task: never, ...rest: Rest) => Result,
): (task: unknown, ...rest: Rest) => Result {
  const handle = handler as (task: unknown, ...rest: Rest) => Result;
  return (task, ...rest) => {
    if (!isEnvelope(task)) return handle(task, ...rest);
    const memory = memoryOf(task);
    if (memory === null) return handle(task.task, ...rest);
    return holding(memory, task.schedulingSafetyTicket, () => handle(task.task, ...rest));
  };
}
