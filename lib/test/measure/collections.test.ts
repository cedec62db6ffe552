import { execFile } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Worker } from "node:worker_threads";
import { describe, expect, test } from "vitest";
import { executorNames } from "../../src/executor/executors.ts";
import { observeCollections } from "../../src/measure/collections.ts";
import type { Conditions } from "../../src/measure/watch-conditions.ts";
import { gatherCollections } from "../../src/measure/worker-collections.ts";

/** Fills young generations, which are then collected. */
function litter(): number {
  let kept: number[][] = [];
  for (let i = 0; i < 3_000_000; i++) {
    if (i % 10_000 === 0) kept = [];
    kept.push([i, i + 1, i + 2]);
  }
  return kept.length;
}

test("collections on a thread that never turned its loop are told once it has", async () => {
  const read = observeCollections();
  litter();
  const { count, totalNs, longestNs, majorNs } = await read();
  expect(count).toBeGreaterThan(0);
  expect(longestNs).toBeGreaterThan(0);
  expect(totalNs).toBeGreaterThanOrEqual(longestNs);
  expect(majorNs).toBeLessThanOrEqual(totalNs);
});

test("collections before and after do not count", async () => {
  litter();
  const read = observeCollections();
  await new Promise((resolve) => setImmediate(resolve));
  const { totalNs } = await read();
  const again = observeCollections();
  litter();
  expect((await again()).totalNs).toBeGreaterThan(totalNs);
});

const collectingRun = fileURLToPath(new URL("fixtures/collecting-run.ts", import.meta.url));

/** Runs tasks that yield on an executor, in a process whose young generations have this size (MiB). */
async function conditionsOf(executor: string, polls: number, youngMiB: number): Promise<Conditions> {
  const flags = [`--min-semi-space-size=${youngMiB}`, `--max-semi-space-size=${youngMiB}`];
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, [...flags, collectingRun, executor, String(polls)]);
  return JSON.parse(stdout) as Conditions;
}

describe.each(executorNames)("a run on %s", (executor) => {
  test("tells of the collections on its main thread and on its workers, which block their loops", async () => {
    const conditions = await conditionsOf(executor, 10_000, 1);
    for (const thread of ["gcMain", "gcWorkers"] as const) {
      const { [`${thread}Count` as const]: count, [`${thread}LongestNs` as const]: longestNs } = conditions;
      expect(count).toBeGreaterThan(0);
      expect(longestNs).toBeGreaterThan(0);
      expect(conditions[`${thread}Ns`]).toBeGreaterThanOrEqual(longestNs as number);
    }
  });

  test("knows that its workers collected nothing where they did not", async () => {
    expect(await conditionsOf(executor, 2, 64)).toMatchObject({ gcWorkersCount: 0, gcWorkersNs: 0 });
  });
});

describe("collections on worker threads are unknown", () => {
  test("where there are none", () => expect(gatherCollections()()).toBeNull());

  test("where one did not tell", async () => {
    const gather = gatherCollections();
    const worker = new Worker("", { eval: true });
    await once(worker, "exit");
    expect(gather()).toBeNull();
  });
});
