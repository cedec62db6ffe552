import fc from "fast-check";
import { expect, test } from "vitest";
import { AsyncLock, type LockPolicy } from "../../src/workload/async-lock.ts";
import { ManualTask, settle } from "./manual-task.ts";

test("a free lock is taken at once, without a worker", async () => {
  const lock = new AsyncLock("fair");
  const task = new ManualTask(() => 7);
  expect(await lock.acquire(task)).toBe(7);
  expect(task.queued).toBe(0);
});

test("fair: released while its next holder waits for a worker, the lock stays closed to a task that runs", async () => {
  const { lock, holder, waiter, newcomer, order } = await contended("fair");
  lock.release(holder);
  await settle();
  void lock.acquire(newcomer).then(() => order.push("newcomer"));
  await settle();
  expect(order).toEqual([]);
  await waiter.run();
  expect(order).toEqual(["waiter"]);
  lock.release(waiter);
  await settle();
  await newcomer.run();
  expect(order).toEqual(["waiter", "newcomer"]);
});

test("barging: a task that runs overtakes the waiter that was called and has no worker yet", async () => {
  const { lock, holder, waiter, newcomer, order } = await contended("barging");
  lock.release(holder);
  await settle();
  await lock.acquire(newcomer).then(() => order.push("newcomer"));
  await waiter.run();
  expect(order).toEqual(["newcomer"]);
  lock.release(newcomer);
  await settle();
  await waiter.run();
  expect(order).toEqual(["newcomer", "waiter"]);
});

test("the time of the grant is that of the release, not that of the worker", async () => {
  let clockNs = 0;
  const lock = new AsyncLock("fair");
  const [holder, waiter] = [new ManualTask(() => clockNs), new ManualTask(() => clockNs)];
  await lock.acquire(holder);
  const granted = lock.acquire(waiter);
  clockNs = 100;
  lock.release(holder);
  await settle();
  clockNs = 250;
  await waiter.run();
  expect(await granted).toBe(100);
});

test("giving up waits for a worker, then leaves the queue to the others", async () => {
  const { lock, holder, waiter, newcomer } = await contended("fair");
  const giveUp = new AbortController();
  const impatient = new ManualTask();
  const result = lock.acquire(impatient, giveUp.signal);
  giveUp.abort();
  await settle();
  await impatient.run();
  expect(await result).toBeNull();
  const last = lock.acquire(newcomer);
  lock.release(holder);
  await settle();
  await waiter.run();
  lock.release(waiter);
  await settle();
  await newcomer.run();
  expect(await last).not.toBeNull();
});

test("fair: a lock handed over before the task that gave up has run is the task's own", async () => {
  const lock = new AsyncLock("fair");
  const [holder, waiter] = [new ManualTask(), new ManualTask(() => 5)];
  const giveUp = new AbortController();
  await lock.acquire(holder);
  const result = lock.acquire(waiter, giveUp.signal);
  giveUp.abort();
  await settle();
  lock.release(holder);
  await waiter.run();
  expect(await result).not.toBeNull();
  lock.release(waiter);
  expect(await lock.acquire(holder)).not.toBeNull();
});

test("barging: a call that meets a task which gave up goes to the next waiter", async () => {
  const lock = new AsyncLock("barging");
  const [holder, impatient, patient] = [new ManualTask(), new ManualTask(), new ManualTask()];
  const giveUp = new AbortController();
  await lock.acquire(holder);
  const left = lock.acquire(impatient, giveUp.signal);
  const taken = lock.acquire(patient);
  lock.release(holder);
  await settle();
  giveUp.abort();
  await impatient.run();
  expect(await left).toBeNull();
  await settle();
  await patient.run();
  expect(await taken).not.toBeNull();
});

test("a free lock cannot be released", () => {
  expect(() => new AsyncLock("fair").release(new ManualTask())).toThrow("it is free");
});

test.each<LockPolicy>(["fair", "barging"])(
  "%s: whatever the order in which workers run tasks, one at a time holds the lock, and all get it or give up",
  async (policy) => {
    const schedule = fc.record({
      tasks: fc.integer({ min: 1, max: 8 }),
      turns: fc.array(fc.record({ pick: fc.nat(), abort: fc.boolean() }), { maxLength: 60 }),
    });
    await fc.assert(
      fc.asyncProperty(schedule, async ({ tasks, turns }) => {
        const lock = new AsyncLock(policy);
        const granted: number[] = [];
        let holders = 0;
        let ended = 0;
        const users = Array.from({ length: tasks }, () => ({
          task: new ManualTask(),
          giveUp: new AbortController(),
        }));
        const use = async ({ task, giveUp }: (typeof users)[number], number: number): Promise<void> => {
          if ((await lock.acquire(task, giveUp.signal)) !== null) {
            granted.push(number);
            expect(++holders).toBe(1);
            await task.sleep();
            holders--;
            lock.release(task);
          }
          ended++;
        };
        users.forEach((user, number) => void use(user, number));
        await settle();
        const inTurn = turns.map(({ pick }) => ({ pick, abort: false }));
        for (const { pick, abort } of policy === "fair" ? inTurn : turns) {
          if (abort) users[pick % tasks]?.giveUp.abort();
          const ready = users.filter(({ task }) => task.queued > 0);
          await ready[pick % Math.max(1, ready.length)]?.task.run();
        }
        while (ended < tasks) for (const { task } of users) if (task.queued > 0) await task.run();
        if (policy === "fair") expect(granted).toEqual(granted.toSorted((a, b) => a - b));
      }),
      { numRuns: 60 },
    );
  },
);

async function contended(policy: LockPolicy) {
  const lock = new AsyncLock(policy);
  const [holder, waiter, newcomer] = [new ManualTask(), new ManualTask(), new ManualTask()];
  const order: string[] = [];
  await lock.acquire(holder);
  void lock.acquire(waiter).then(() => order.push("waiter"));
  await settle();
  return { lock, holder, waiter, newcomer, order };
}
