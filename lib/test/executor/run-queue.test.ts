import { Worker } from "node:worker_threads";
import { afterEach, expect, test } from "vitest";
import { RunQueue } from "../../src/executor/run-queue.ts";
import { allocateRunQueue, cell, type RunQueueMemory } from "../../src/executor/run-queue-memory.ts";

const consumer = new URL("./fixtures/queue-consumer.ts", import.meta.url);
const workers: Worker[] = [];

afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.terminate()));
});

test("takes tasks in the order in which they were pushed", () => {
  const queue = new RunQueue(allocateRunQueue(8, 1));
  for (const task of [3, 1, 2]) queue.push(task);
  expect([queue.pop(), queue.pop(), queue.pop(), queue.pop()]).toEqual([3, 1, 2, -1]);
});

test("refuses a push beyond its capacity and keeps what it holds", () => {
  const queue = new RunQueue(allocateRunQueue(2, 1));
  queue.push(0);
  queue.push(1);
  expect(() => queue.push(2)).toThrow("all 2 are taken");
  expect([queue.pop(), queue.pop()]).toEqual([0, 1]);
});

test.each([2 ** 31 - 3, 2 ** 32 - 3])("stays first-in-first-out when positions wrap after %d", (position) => {
  const memory = allocateRunQueue(4, 1);
  startAt(memory, position);
  const queue = new RunQueue(memory);
  const taken: number[] = [];
  for (let task = 0; task < 12; task += 2) {
    queue.push(task);
    queue.push(task + 1);
    taken.push(queue.pop(), queue.pop());
  }
  expect(taken).toEqual(Array.from({ length: 12 }, (_, task) => task));
  expect(queue.pop()).toBe(-1);
});

test("gives each of two million polls to exactly one of four workers", { timeout: 0 }, async () => {
  const tasks = 1024;
  const rounds = 2000;
  const memory = allocateRunQueue(tasks, 4);
  startAt(memory, 2 ** 32 - 1_000_000);
  const takenBy = Array.from({ length: 4 }, () => new Int32Array(new SharedArrayBuffer(tasks * 4)));
  const left = new Int32Array(new SharedArrayBuffer(4)).fill(tasks * rounds);
  const exits = takenBy.map((taken) => startConsumer({ memory, taken, left, rounds }));

  const queue = new RunQueue(memory);
  for (let task = 0; task < tasks; task++) queue.push(task);
  expect(await Promise.all(exits)).toEqual([0, 0, 0, 0]);

  const total = Array.from({ length: tasks }, (_, task) =>
    takenBy.reduce((sum, taken) => sum + (taken[task] ?? 0), 0),
  );
  expect(new Set(total)).toEqual(new Set([rounds]));
  expect(queue.pop()).toBe(-1);
});

test("lets parked workers leave when it is stopped", async () => {
  const memory = allocateRunQueue(4, 2);
  const idle = () => ({
    memory,
    taken: new Int32Array(new SharedArrayBuffer(16)),
    left: new Int32Array(new SharedArrayBuffer(4)).fill(1),
    rounds: 1,
  });
  const exits = [idle(), idle()].map(startConsumer);
  await until(() => Atomics.load(memory.cells, cell.parked) === 2);
  new RunQueue(memory).stop();
  expect(await Promise.all(exits)).toEqual([0, 0]);
});

test("whoever takes a task wakes another worker while there are more, and nobody for the last", () => {
  const memory = allocateRunQueue(4, 2);
  const queue = new RunQueue(memory);
  for (const task of [2, 3]) queue.push(task);
  const parked = parkOne(memory);
  expect(queue.take()).toBe(2);
  expect(parked.isStill()).toBe(false);
  const again = parkOne(memory);
  expect(queue.take()).toBe(3);
  expect(again.isStill()).toBe(true);
});

test("a worker that finds its task on the last look before it parks wakes another one, too", () => {
  const memory = allocateRunQueue(4, 2);
  let parked: ReturnType<typeof parkOne> | undefined;
  const queue = new (class extends RunQueue {
    override pop(): number {
      const task = super.pop();
      if (parked === undefined) {
        for (const late of [2, 3]) this.push(late);
        parked = parkOne(memory);
      }
      return task;
    }
  })(memory);
  expect(queue.take()).toBe(2);
  expect(parked?.isStill()).toBe(false);
});

test("a task pushed after the last look keeps the worker from parking", async () => {
  const worker = new Worker(new URL("./fixtures/late-push.ts", import.meta.url), {
    workerData: { memory: allocateRunQueue(4, 1) },
  });
  workers.push(worker);
  const taken = await new Promise((resolve, reject) => worker.once("message", resolve).once("error", reject));
  expect(taken).toBe(2);
});

/** Stands in for another worker that has parked. */
function parkOne({ cells }: RunQueueMemory): { isStill: () => boolean } {
  cells[cell.parked] = 1;
  Atomics.waitAsync(cells, cell.epoch, Atomics.load(cells, cell.epoch));
  return { isStill: () => Atomics.notify(cells, cell.epoch) > 0 };
}

function startConsumer(workerData: object): Promise<number> {
  const worker = new Worker(consumer, { workerData });
  workers.push(worker);
  return new Promise((resolve, reject) => worker.once("exit", resolve).once("error", reject));
}

function startAt(memory: RunQueueMemory, position: number): void {
  const capacity = memory.sequence.length;
  memory.cells[cell.head] = position;
  memory.cells[cell.tail] = position;
  for (let ahead = 0; ahead < capacity; ahead++) {
    memory.sequence[(position + ahead) & (capacity - 1)] = position + ahead;
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}
