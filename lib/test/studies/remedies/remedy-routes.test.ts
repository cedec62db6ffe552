import { setImmediate as nextTurn } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startWorkerPool } from "../../../src/executor/worker-pool.ts";
import { entryBeside } from "../../../src/measure/entry-beside.ts";
import { prepareBlockingJob } from "../../../src/studies/remedies/blocking-jobs.ts";
import {
  openRoute,
  type RemedyName,
  type Surroundings,
} from "../../../src/studies/remedies/remedy-routes.ts";
import type { StepMessage } from "../../../src/studies/remedies/remedy-worker.ts";

const entry = entryBeside(import.meta.resolve("../../../src/studies/remedies/run.ts"), "remedy-worker");
const pool = startWorkerPool(entry, 2);
const isolated = startWorkerPool(entry, 2);
let at: Surroundings;

beforeAll(async () => {
  for (const each of [pool, isolated]) {
    const awaited = new Int32Array(new SharedArrayBuffer(4)).fill(2);
    const ready: StepMessage = { prepare: "sleep", awaited };
    await Promise.all([each.run(ready), each.run(ready)]);
  }
  const job = await prepareBlockingJob("sleep");
  at = { pool, isolated, workers: 2, jobName: "sleep", job, originNs: process.hrtime.bigint() };
});

afterAll(() => Promise.all([pool.close(), isolated.close()]));

/** Sends three jobs, long enough for a probe to run meanwhile on however busy a host, and then the probe; tells how many had ended when it had run. */
async function jobsBeforeProbe(remedy: RemedyName): Promise<number> {
  const route = openRoute(remedy, at);
  let ended = 0;
  const jobs = Array.from({ length: 3 }, () =>
    route({ amount: 600 }).then(() => {
      ended++;
    }),
  );
  const probe: StepMessage = { originNs: at.originNs, step: null };
  await pool.run(probe);
  // What ended at the same moment may be told a few promises later.
  await nextTurn();
  const before = ended;
  await Promise.all(jobs);
  return before;
}

test("as is, and awaited inside the task, a probe waits until jobs give a worker back", async () => {
  expect(await jobsBeforeProbe("as-is")).toBeGreaterThan(0);
  expect(await jobsBeforeProbe("await-in-task")).toBeGreaterThan(0);
});

test.each(["async", "isolated", "admission", "chunked"] as const)("%s lets a probe pass", async (remedy) => {
  expect(await jobsBeforeProbe(remedy)).toBe(0);
});

test("a signal takes a waiting job out of the queue, and no worker ever runs it", async () => {
  const route = openRoute("abort-in-time", at);
  const cells = new Int32Array(new SharedArrayBuffer(12));
  const held = [0, 1].map((index) => route({ amount: 50, taken: { cells, index } }));
  const controller = new AbortController();
  const waiting = route({ amount: 50, taken: { cells, index: 2 }, signal: controller.signal });
  controller.abort();
  await expect(waiting).rejects.toThrow();
  await Promise.all(held);
  expect([...cells]).toEqual([1, 1, 0]);
});
