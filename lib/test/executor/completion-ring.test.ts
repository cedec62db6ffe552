import { Worker } from "node:worker_threads";
import { afterEach, expect, test } from "vitest";
import { type Completion, CompletionRing, outcome } from "../../src/executor/completion-ring.ts";
import { allocateRunQueue, type CompletionMemory } from "../../src/executor/run-queue-memory.ts";

function ring(): CompletionRing {
  return new CompletionRing(allocateRunQueue(4, 1).completions[0] as CompletionMemory);
}

const blank = (): Completion => ({ task: -1, poll: 0, outcome: -1, enqueuedNs: 0, startedNs: 0, endedNs: 0 });

test("hands rows over once, whole and in order, over many laps", () => {
  const completions = ring();
  const row = blank();
  for (let lap = 0; lap < 100; lap++) {
    const first = {
      task: lap,
      poll: 1,
      outcome: outcome.last,
      enqueuedNs: lap + 0.25,
      startedNs: lap + 0.5,
      endedNs: lap + 0.75,
    };
    completions.put(first);
    completions.put({ ...first, outcome: outcome.more });
    expect(completions.take(row)).toBe(true);
    expect(row).toEqual(first);
    expect(completions.take(row)).toBe(true);
    expect(row.outcome).toBe(outcome.more);
    expect(completions.take(row)).toBe(false);
  }
});

const writer = new URL("./fixtures/ring-writer.ts", import.meta.url);
const workers: Worker[] = [];

afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.terminate()));
});

/** Where the read cursor lies, on which a worker waits that finds its ring full. */
const read = 16;

test("a worker that finds its ring full waits, and overwrites no unread row", async () => {
  const memory = allocateRunQueue(4, 1).completions[0] as CompletionMemory;
  const written = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(writer, { workerData: { memory, written, rows: 5 } });
  workers.push(worker);
  const left = new Promise((resolve, reject) => worker.once("exit", resolve).once("error", reject));

  // Woken for nothing, it looks again and waits again.
  while (Atomics.notify(memory.cursors, read) === 0 && Atomics.load(written, 0) < 5) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(Atomics.load(written, 0)).toBe(4);
  const completions = new CompletionRing(memory);
  const row = blank();
  for (let task = 0; task < 4; task++) {
    expect(completions.take(row)).toBe(true);
    expect(row.task).toBe(task);
  }
  expect(await left).toBe(0);
  expect(completions.take(row)).toBe(true);
  expect(row.task).toBe(4);
});

test("taking a row wakes whoever waits for room; taking none does not", async () => {
  const memory = allocateRunQueue(4, 1).completions[0] as CompletionMemory;
  const completions = new CompletionRing(memory);
  const { async, value } = Atomics.waitAsync(memory.cursors, read, 0);
  expect(async).toBe(true);
  expect(completions.take(blank())).toBe(false);
  completions.put({ ...blank(), task: 1 });
  const waiting = Promise.race([value, new Promise((resolve) => setImmediate(resolve, "waiting"))]);
  expect(await waiting).toBe("waiting");
  expect(completions.take(blank())).toBe(true);
  // Nobody is left for this one to wake.
  expect(Atomics.notify(memory.cursors, read)).toBe(0);
  expect(await value).toBe("ok");
});

test("keeps the first error's text", () => {
  const completions = ring();
  completions.keepError(new Error("disk — gone"));
  completions.keepError(new Error("a consequence"));
  expect(completions.errorText()).toBe("disk — gone");
});
