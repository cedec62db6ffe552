import { afterEach, beforeEach, expect, test } from "vitest";
import { ServicePool } from "../../../src/studies/http-service/service-pool.ts";
import type { ServiceMessage } from "../../../src/studies/http-service/service-worker.ts";
import { workCode } from "../../../src/workload/work.ts";

const originNs = process.hrtime.bigint();
const task = (
  work: "park" | "nothing",
  argument: number,
  expiresNs: number | null = null,
): ServiceMessage => ({
  originNs,
  work: workCode(work),
  argument,
  expiresNs,
});

let pool: ServicePool;
beforeEach(async () => {
  pool = new ServicePool(1);
  await pool.warmUp(originNs);
});
afterEach(() => pool.destroy());

test("a deadline takes a queued task back and leaves a running one and its worker alone", async () => {
  const threads = pool.threadIds;
  const deadline = new AbortController();
  const running = pool.run(task("park", 50), deadline.signal);
  const queued = pool.run(task("nothing", 0), deadline.signal);
  deadline.abort();
  await expect(queued).rejects.toThrow("aborted");
  const [startedNs, endedNs] = await running;
  expect(endedNs).toBeGreaterThan(startedNs);
  expect(pool.threadIds).toEqual(threads);
});

test("an expired task is given back without work", async () => {
  const [startedNs, endedNs] = await pool.run(task("park", 50, 0), null);
  expect(endedNs).toBe(startedNs);
});

async function orderOf(signal: AbortSignal | null): Promise<number[]> {
  const order: number[] = [];
  const first = pool.run(task("park", 20), signal);
  const waiting = [1, 2, 3].map((n) => pool.run(task("nothing", 0), signal).then(() => order.push(n)));
  await Promise.all([first, ...waiting]);
  return order;
}

test("Piscina serves tasks without a signal in order, and tasks with a signal newest first", async () => {
  expect(await orderOf(null)).toEqual([1, 2, 3]);
  expect(await orderOf(new AbortController().signal)).toEqual([3, 2, 1]);
});
