import { getEnvironmentData, threadId } from "node:worker_threads";
import { nowNs } from "../memory/clock.ts";
import { kernelThread } from "../memory/kernel-thread.ts";
import { ended, started, TaskMemory } from "../memory/task-memory.ts";
import { type Envelope, memoryKey, recordOf, type Ticket, ticketOf } from "../memory/ticket.ts";

let known: TaskMemory | null = null;
const ownKernelThread = kernelThread();

/** Finds the shared memory of a task's submitter; null where it cannot be had. */
export function memoryOf({ memory }: Envelope): TaskMemory | null {
  const buffer = memory ?? known?.buffer ?? getEnvironmentData(memoryKey);
  if (!(buffer instanceof SharedArrayBuffer)) return null;
  if (known?.buffer !== buffer) known = new TaskMemory(buffer);
  return known;
}

/** Stamps while a task of this thread acts: until it returns, or until its promise settles. */
export function holding<Result>(memory: TaskMemory, ticket: Ticket, act: () => Result): Result {
  stampStart(memory, ticket);
  let result: Result;
  try {
    result = act();
  } catch (error) {
    stampEnd(memory, ticket);
    throw error;
  }
  if (result instanceof Promise) return result.finally(() => stampEnd(memory, ticket)) as Result;
  stampEnd(memory, ticket);
  return result;
}

/** Writes down that this thread is held from now on. */
export function stampStart(memory: TaskMemory, ticket: Ticket): void {
  const record = recordOf(ticket);
  if (ticketOf(record, memory.generation(record)) !== ticket) return;
  memory.setThread(record, threadId, ownKernelThread);
  memory.stamp(record, started, nowNs());
}

/** Writes down that this thread is free again. */
export function stampEnd(memory: TaskMemory, ticket: Ticket): void {
  const record = recordOf(ticket);
  if (ticketOf(record, memory.generation(record)) === ticket) memory.stamp(record, ended, nowNs());
}
