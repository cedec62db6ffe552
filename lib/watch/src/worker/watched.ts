import { types } from "node:util";
import { isEnvelope } from "../memory/ticket.ts";
import { holding, memoryOf } from "./stamp.ts";

/**
 * Wraps a worker's handler so that it stamps when a task holds the worker: `parentPort.on("message", watched(handle))`. The
 * handler gets what the submitter's `mark` or `run` was given, and `this` as it would have; messages that were not marked pass
 * through.
 */
export function watched<This, Rest extends readonly unknown[], Result>(
  handler: (this: This, task: never, ...rest: Rest) => Result,
): (this: This, task: unknown, ...rest: Rest) => Result {
  const handle = handler as (this: This, task: unknown, ...rest: Rest) => Result;
  function wrapped(this: This, task: unknown, ...rest: Rest): Result {
    if (!isEnvelope(task)) return handle.call(this, task, ...rest);
    const memory = memoryOf(task);
    if (memory === null) return handle.call(this, task.task, ...rest);
    return holding(memory, task.schedulingSafetyTicket, () => handle.call(this, task.task, ...rest));
  }
  if (!types.isAsyncFunction(handler) || types.isGeneratorFunction(handler)) return wrapped;
  // Poolifier waits for what a function gives only if it is declared as async.
  const asAsync = async function (this: This, task: unknown, ...rest: Rest) {
    return wrapped.call(this, task, ...rest);
  };
  return asAsync as typeof wrapped;
}
