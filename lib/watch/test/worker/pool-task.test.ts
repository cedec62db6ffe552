import { expect, test } from "vitest";
import { ended, TaskMemory } from "../../src/memory/task-memory.ts";
import { TaskRecords } from "../../src/memory/task-records.ts";
import { recordOf, type Ticket } from "../../src/memory/ticket.ts";
import { run } from "../../src/worker/pool-task.ts";
import { fixturePath } from "../run-node.ts";

function submitted(fixture: string, name: string, task: unknown) {
  const memory = new TaskMemory();
  const ticket = new TaskRecords(memory).submit(0, 0) as Ticket;
  const filename = fixturePath(fixture);
  const envelope = { schedulingSafetyTicket: ticket, task, filename, name, memory: memory.buffer };
  return { envelope, hasEnded: () => (memory.state(recordOf(ticket)) & ended) !== 0 };
}

test("a known handler's result passes at once, and its hold ends with it", async () => {
  await run(submitted("app-tasks.mjs", "quick", 0).envelope);
  const { envelope, hasEnded } = submitted("app-tasks.mjs", "quick", 7);
  expect(run(envelope)).toBe(7);
  expect(hasEnded()).toBe(true);
});

test("a hold lasts until what a task returned has settled, promise or not", async () => {
  await run(submitted("thenable-tasks.mjs", "query", 0).envelope);
  const { envelope, hasEnded } = submitted("thenable-tasks.mjs", "query", 0);
  const result = run(envelope);
  expect(hasEnded()).toBe(false);
  expect(await result).toBe("rows");
  expect(hasEnded()).toBe(true);
});

test("an error passes as it is, and its hold ends with it", async () => {
  await Promise.resolve(run(submitted("app-tasks.mjs", "fail", 0).envelope)).catch(() => {});
  const { envelope, hasEnded } = submitted("app-tasks.mjs", "fail", 0);
  expect(() => run(envelope)).toThrow(new RangeError("as asked"));
  expect(hasEnded()).toBe(true);
});
