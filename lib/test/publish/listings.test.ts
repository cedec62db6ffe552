import { execFileSync } from "node:child_process";
import { closeSync, openSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  priceAll,
  priceInTime,
  reportAdmitted,
  reportApart,
  reportAsync,
  slowPool,
} from "../../../article/listings/remedies.ts";
import { pool, starve } from "../../../article/listings/starve.ts";
import { makeHeldFolder } from "../../src/measure/held-folder.ts";
import { scratchFolder } from "../../src/publish/scratch-folder.ts";

// Whoever reads from a pipe is held until somebody has opened it for writing and closed it again: the test decides when.
let folder = "";
let pipe = "";
beforeAll(() => {
  folder = makeHeldFolder("listings", scratchFolder).path;
  pipe = join(folder, "pipe");
  execFileSync("mkfifo", [pipe]);
});
afterAll(async () => {
  await Promise.all([pool.destroy(), slowPool.destroy()]);
  rmSync(folder, { recursive: true });
});

async function release(held: readonly Promise<unknown>[]): Promise<void> {
  let left = held.length;
  for (const each of held) each.finally(() => left--).catch(() => {});
  while (left > 0) {
    closeSync(openSync(pipe, "r+"));
    await setImmediate();
  }
}

test("with three of four workers held the price is there while all reports still wait", async () => {
  const { reports, price } = starve(pipe, 3);
  expect(await price).toBe(119);
  expect(await Promise.race([Promise.all(reports), "held"])).toBe("held");
  await release(reports);
});

test("with four of four held the price comes after a report", async () => {
  const { reports, price } = starve(pipe, 4);
  expect(pool.queueSize).toBeGreaterThan(0);
  const order: string[] = [];
  for (const each of reports) each.then(() => order.push("report")).catch(() => {});
  const priced = price.then(() => order.push("price"));
  await Promise.all([release(reports), priced]);
  expect(order[0]).toBe("report");
  expect(order).toHaveLength(5);
});

test("reports that are asked asynchronously, held elsewhere or admitted leave a worker to the price", async () => {
  const held = [
    ...Array.from({ length: 2 }, () => reportApart(pipe)),
    ...Array.from({ length: 6 }, () => reportAdmitted(pipe)),
    reportAsync(pipe),
  ];
  expect(await starve(pipe, 0).price).toBe(119);
  await release(held);
  expect(await Promise.all(held)).toEqual(held.map(() => 0));
});

test("work in pieces gives what work in one piece gives", async () => {
  expect(await priceAll([100, 200])).toEqual([119, 238]);
});

test("a price whose deadline passes in the queue is never computed", async () => {
  const { reports, price: patient } = starve(pipe, 4);
  const deadline = new AbortController();
  const price = priceInTime(100, deadline.signal);
  deadline.abort();
  await expect(price).rejects.toThrow("aborted");
  await release(reports);
  expect(await patient).toBe(119);
});
