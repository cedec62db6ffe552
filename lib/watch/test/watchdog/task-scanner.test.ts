import { expect, test } from "vitest";
import { ended, recordCount, settled, started, TaskMemory } from "../../src/memory/task-memory.ts";
import { TaskRecords } from "../../src/memory/task-records.ts";
import { recordOf, type Ticket, ticketOf } from "../../src/memory/ticket.ts";
import { TaskScanner } from "../../src/watchdog/task-scanner.ts";
import { stampEnd, stampStart } from "../../src/worker/stamp.ts";

function watched() {
  const memory = new TaskMemory();
  return { memory, records: new TaskRecords(memory), scanner: new TaskScanner(memory) };
}

const later = Number.MAX_SAFE_INTEGER;

test("tells each step once, in order of time, and frees the record when the task is over", () => {
  const { memory, records, scanner } = watched();
  const ticket = records.submit(3, 7) as Ticket;
  stampStart(memory, ticket);
  expect(scanner.scan(later).steps.map(({ kind }) => kind)).toEqual(["submitted", "started"]);
  stampEnd(memory, ticket);
  records.settle(ticket);
  const { steps, over } = scanner.scan(later);
  expect(steps).toMatchObject([{ kind: "ended", pool: 3, task: 7 }]);
  expect(over).toMatchObject([
    { pool: 3, task: 7, startedNs: expect.any(Number), endedNs: expect.any(Number) },
  ]);
  expect(scanner.scan(later)).toEqual({ steps: [], over: [] });
  expect(memory.state(recordOf(ticket))).toBe(0);
});

test("ends the tasks of a pool that nobody will settle, and no others", () => {
  const { memory, records, scanner } = watched();
  const marked = records.submit(3, 7, false) as Ticket;
  const started = records.submit(3, 7, false) as Ticket;
  const others = [records.submit(3, 7), records.submit(4, 7, false)];
  stampStart(memory, started);
  expect(scanner.scan(later).over).toEqual([]);
  scanner.endUnsettled(3, later - 1);
  expect(scanner.scan(later).over).toHaveLength(2);
  expect([marked, started].map((ticket) => memory.state(recordOf(ticket)))).toEqual([0, 0]);
  expect(scanner.underWay).toBe(others.length);
});

test("leaves a stamp alone that comes from a worker whose task was given up", () => {
  const { memory, records, scanner } = watched();
  const ticket = records.submit(0, 0) as Ticket;
  stampStart(memory, ticket);
  records.settle(ticket);
  expect(scanner.scan(later).steps.map(({ kind }) => kind)).toEqual(["submitted", "started", "left"]);
  stampEnd(memory, ticket);
  expect(memory.state(recordOf(ticket))).toBe(0);
});

test("takes the worker's stamp as the end of a task that nobody will settle", () => {
  const { memory, records, scanner } = watched();
  const ticket = records.submit(0, 0, false) as Ticket;
  stampStart(memory, ticket);
  expect(scanner.scan(later).over).toEqual([]);
  stampEnd(memory, ticket);
  expect(scanner.scan(later).over).toHaveLength(1);
});

test("ends the tasks of a thread that is gone", () => {
  const { memory, records, scanner } = watched();
  const ticket = records.submit(0, 0, false) as Ticket;
  stampStart(memory, ticket);
  memory.setThread(recordOf(ticket), 1, 4711);
  scanner.endLost(5, () => true);
  expect(memory.state(recordOf(ticket)) & settled).toBe(0);
  scanner.endLost(5, () => false);
  expect(scanner.scan(later).over).toMatchObject([{ endedNs: 5 }]);
});

test("leaves later stamps for the next look", () => {
  const { memory, records, scanner } = watched();
  const ticket = records.submit(0, 0) as Ticket;
  memory.stamp(recordOf(ticket), started, 1e15);
  memory.stamp(recordOf(ticket), ended, 2e15);
  expect(scanner.scan(1e15).steps.map(({ kind }) => kind)).toEqual(["submitted", "started"]);
  expect(scanner.scan(2e15).steps.map(({ kind }) => kind)).toEqual(["ended"]);
});

test("a ticket stays one of its record when generations have come round to negative numbers", () => {
  for (const generation of [0, 1, 2 ** 31 - 1, -(2 ** 31), -1]) {
    const ticket = ticketOf(recordCount - 1, generation);
    expect(Number.isSafeInteger(ticket)).toBe(true);
    expect(recordOf(ticket)).toBe(recordCount - 1);
  }
});

test("counts the tasks that find no record instead of waiting for one", () => {
  const { memory, records } = watched();
  const tickets = Array.from({ length: recordCount + 5 }, () => records.submit(0, 0));
  expect(tickets.filter((ticket) => ticket !== null).length + memory.unseen).toBe(recordCount + 5);
  expect(memory.unseen).toBeGreaterThanOrEqual(5);
  expect(new Set(tickets.flatMap((ticket) => (ticket === null ? [] : [recordOf(ticket)]))).size).toBe(
    recordCount + 5 - memory.unseen,
  );
});
