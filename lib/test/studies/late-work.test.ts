import { stat } from "node:fs/promises";
import { expect, test } from "vitest";
import { NotTestableError } from "../../src/measure/study-error.ts";
import { prepareBlockingJob } from "../../src/studies/remedies/blocking-jobs.ts";
import { compute, stepsPerMs } from "../../src/studies/remedies/calibrated-work.ts";
import { loadLateRead } from "../../src/studies/remedies/late-read.ts";
import { loadForeignSleep } from "../../src/workload/foreign-sleep.ts";

const onLinux = process.platform === "linux";

test.skipIf(!onLinux)(
  "a late read holds its thread until the data are there, or a thread of libuv's",
  async () => {
    const lateRead = await loadLateRead();
    const began = performance.now();
    lateRead(20);
    expect(performance.now() - began).toBeGreaterThanOrEqual(20);

    const order: string[] = [];
    const later = lateRead.async(1000).then(() => order.push("read"));
    await stat(".").then(() => order.push("stat"));
    await later;
    expect(order).toEqual(["stat", "read"]);
  },
);

test("where timers are no files, a late read is not testable", async () => {
  await expect(loadLateRead("darwin")).rejects.toThrow(NotTestableError);
});

test.skipIf(process.platform === "win32")("a foreign sleep lasts as long as it is told", async () => {
  const sleep = await loadForeignSleep();
  const began = performance.now();
  sleep(10);
  expect(performance.now() - began).toBeGreaterThanOrEqual(10);
  await expect(sleep.async(1)).resolves.toBeUndefined();
});

test("computing is calibrated by the fastest of several tries", () => {
  const readings = [0, 10, 10, 15, 15, 40];
  let next = 0;
  const now = () => readings[next++] ?? 100 + next * 50;
  expect(stepsPerMs(now)).toBe(500_000 / 5);
  expect(compute(0)).toBeUndefined();
});

test("pieces add up to the work, and a single call is one of them", async () => {
  const sum = (pieces: readonly number[]) => pieces.reduce((total, piece) => total + piece, 0);
  const [sleep, computing] = await Promise.all([prepareBlockingJob("sleep"), prepareBlockingJob("compute")]);
  for (const job of [sleep, computing]) {
    expect(sum(job.pieces(50))).toBeCloseTo(50);
    expect(Math.max(...job.pieces(50))).toBe(5);
  }
  expect(computing.performAsync).toBeUndefined();
  if (onLinux) expect((await prepareBlockingJob("read")).pieces(50)).toEqual([0, 50, 0]);
});
