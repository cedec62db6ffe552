import { types } from "node:util";
import { expect, test } from "vitest";
import { ended, TaskMemory } from "../../src/memory/task-memory.ts";
import { TaskRecords } from "../../src/memory/task-records.ts";
import { recordOf, type Ticket } from "../../src/memory/ticket.ts";
import { watched } from "../../src/worker/watched.ts";

function submitted(task: unknown) {
  const memory = new TaskMemory();
  const ticket = new TaskRecords(memory).submit(0, 0) as Ticket;
  const envelope = { schedulingSafetyTicket: ticket, task, memory: memory.buffer };
  return { envelope, hasEnded: () => (memory.state(recordOf(ticket)) & ended) !== 0 };
}

test.each([
  ["marked", submitted(7).envelope],
  ["unmarked", 7],
])("a handler is called as it would be, on what it would be called on: %s", (_, task) => {
  const wrapped = watched(function (this: { readonly factor: number }, value: number, more: number) {
    return this.factor * value + more;
  });
  expect(wrapped.call({ factor: 2 }, task, 1)).toBe(15);
});

test("a generator stays one", async () => {
  const wrapped = watched(async function* (value: number) {
    yield value;
  });
  expect(await wrapped(7).next()).toEqual({ done: false, value: 7 });
});

test("a handler that is declared as async stays so, and holds the worker until it has done", async () => {
  const gate = Promise.withResolvers<void>();
  const wrapped = watched(async (value: number) => {
    await gate.promise;
    return value;
  });
  expect(types.isAsyncFunction(wrapped)).toBe(true);
  expect(types.isAsyncFunction(watched((value: number) => value))).toBe(false);
  const { envelope, hasEnded } = submitted(7);
  const result = wrapped.call(null, envelope);
  expect(hasEnded()).toBe(false);
  gate.resolve();
  expect(await result).toBe(7);
  expect(hasEnded()).toBe(true);
});
