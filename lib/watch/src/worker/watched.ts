import { isEnvelope } from "../memory/ticket.ts";
import { memoryOf, stampEnd, stampStart } from "./stamp.ts";

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
    const ticket = task.schedulingSafetyTicket;
    stampStart(memory, ticket);
    let result: Result;
    try {
      result = handle(task.task, ...rest);
    } catch (error) {
      stampEnd(memory, ticket);
      throw error;
    }
    if (!isPromise(result)) {
      stampEnd(memory, ticket);
      return result;
    }
    return result.finally(() => stampEnd(memory, ticket)) as Result;
  };
}

function isPromise(value: unknown): value is Promise<unknown> {
  return value instanceof Promise;
}
