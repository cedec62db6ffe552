import { Worker } from "node:worker_threads";
import { describe, expect, test } from "vitest";
import { type ExecutorName, executorNames, executors } from "../../src/executor/executors.ts";
import { observeCollections } from "../../src/measure/collections.ts";
import { gatherCollections } from "../../src/measure/worker-collections.ts";
import type { TaskSpec } from "../../src/workload/programs.ts";

/** Fills young generations and lets them be emptied: the flag of the tests' processes makes them small enough. */
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
