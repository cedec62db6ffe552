import { afterEach, expect, test } from "vitest";
import { runOnRunQueue } from "../../../src/executor/run-queue-executor.ts";
import { ThreadLock } from "../../../src/studies/mutex-convoy/thread-lock.ts";
import { sharedLock } from "../../../src/workload/shared-lock.ts";
import { perform, workCode } from "../../../src/workload/work.ts";
import { ManualTask } from "../../workload/manual-task.ts";

afterEach(() => sharedLock.reset(0));

test("a thread that waits too long gives up and leaves the lock to its owner", () => {
  sharedLock.reset(1);
  expect(sharedLock.take(1)).toBe(true);
  expect(sharedLock.take(2)).toBe(false);
  expect(sharedLock.isOwnedBy(1)).toBe(true);
  sharedLock.free();
  expect(sharedLock.take(2)).toBe(true);
});

test("a task takes the lock in one poll, keeps it across others and gives it back", async () => {
  const lock = new ThreadLock(1);
  const [first, second] = [new PollingTask(), new PollingTask()];
  expect(await lock.acquire(first)).not.toBeNull();
  expect(await lock.acquire(second)).toBeNull();
  lock.release();
  expect(await lock.acquire(second)).not.toBeNull();
});

test("a free lock cannot be released", () => {
  expect(() => new ThreadLock(1).release()).toThrow("it is free");
});

test("workers share the lock of the thread that started them: twelve sections of 2 ms on three workers take 24 ms", async () => {
  sharedLock.reset(10_000);
  const section = {
    lock: null,
    polls: 1,
    request: { work: "parkLocked", argument: 2, times: 1 },
  } as const;
  const timing = { rounds: 1, sleeps: 0, sleepMs: 0, timeoutMs: 10_000, startMs: 0 };
  const users = Array.from({ length: 12 }, (_, user) => ({
    program: "lockUser" as const,
    parameters: { user, section, ...timing },
  }));
  const { polls } = await runOnRunQueue(users, 3);
  expect(Math.max(...polls.endedNs) - Math.min(...polls.startedNs)).toBeGreaterThan(23.9e6);
});

/** Runs each poll at once, on the test's own thread. */
class PollingTask extends ManualTask {
  override async poll({ work, argument }: Parameters<ManualTask["poll"]>[0]): Promise<void> {
    perform(workCode(work), argument);
  }
}
