import { expect, test } from "vitest";
import { StepPool } from "../../../src/studies/failure-mechanisms/step-pool.ts";

test("records every step under the name of its task, on a known worker, one at a time", async () => {
  const pool = await StepPool.start(2, process.hrtime.bigint());
  await Promise.all([
    pool.run("report", "park", 3),
    pool.run("report", "park", 3),
    pool.run("operation", "nothing"),
    pool.run("operation", "nothing"),
  ]);
  const { polls, names } = pool.records();
  await pool.close();
  expect(Array.from(polls.task, (task) => names[task]).sort()).toEqual([
    "operation",
    "operation",
    "report",
    "report",
  ]);
  expect([...polls.worker].every((worker) => worker === 0 || worker === 1)).toBe(true);
  for (const row of polls.task.keys()) {
    expect(polls.startedNs[row]).toBeGreaterThanOrEqual(polls.dueNs[row] as number);
    expect(polls.endedNs[row]).toBeGreaterThanOrEqual(polls.startedNs[row] as number);
  }
});
