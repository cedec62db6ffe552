import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { loopDelayPeriodNs, watchThread } from "../../src/measure/watch-thread.ts";

test("an event loop that stalls shows in the delay and in the utilisation, not in the CPU time", async () => {
  const read = watchThread();
  await delay(30);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  await delay(30);
  const { wallNs, cpuNs, utilization, loopDelay } = read();
  expect(wallNs).toBeGreaterThanOrEqual(260e6 - 2e6);
  expect(loopDelay?.p99Ns).toBeGreaterThan(loopDelayPeriodNs + 150e6);
  expect(utilization * wallNs).toBeGreaterThanOrEqual(199e6);
  expect(cpuNs).toBeLessThan(150e6);
});

test("a timer that never fires leaves no delay, rather than none", () => {
  expect(watchThread()().loopDelay).toBeNull();
});
