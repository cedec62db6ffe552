import { expect, test } from "vitest";
import { type Plan, planRuns } from "../../src/harness/plan.ts";
import { Replication } from "../../src/harness/replication.ts";
import { countdown } from "./fixtures/countdown.ts";

const plan = planRuns(countdown, "full", 1, { behaviour: ["steady"] });

/** The part of a run whose delays all lie within a thousandth of each other. */
function part(valid: boolean) {
  return {
    row: { valid, wallMs: 30 },
    samples: { countNs: Float64Array.from({ length: 500 }, (_, i) => 1e6 + i) },
  };
}

test("a scenario needs runs until seven valid ones agree; an invalid run counts for nothing but its time", () => {
  const replication = new Replication(countdown, plan);
  const needed: boolean[] = [];
  for (const [i, job] of plan.jobs.entries()) {
    needed.push(replication.needs(job));
    if (i < 8) replication.add(job, part(i !== 2));
  }
  expect(needed).toEqual([true, true, true, true, true, true, true, true, false]);
  expect(replication.describe().cells).toEqual([
    {
      part: "steady",
      levels: { behaviour: "steady", size: 500 },
      cap: 9,
      runs: 8,
      valid: 7,
      precision: expect.closeTo(0, 3),
      ended: "precise",
      savedMs: 30,
    },
  ]);
});

test("a scenario whose comparison has its power from their number gets all its runs", () => {
  const [only] = plan.parts;
  const fixed = { ...plan, parts: [{ ...only, fixed: true }] } as unknown as Plan;
  const replication = new Replication(countdown, fixed);
  for (const job of plan.jobs) {
    expect(replication.needs(job)).toBe(true);
    replication.add(job, part(true));
  }
  expect(replication.describe().cells).toMatchObject([{ runs: 9, valid: 9, ended: "capped", savedMs: 0 }]);
});

test("a scenario that never becomes precise is capped, with the precision it reached, or none", () => {
  const replication = new Replication(countdown, plan);
  for (const job of plan.jobs) replication.add(job, part(false));
  expect(replication.describe().cells).toMatchObject([
    { runs: 9, valid: 0, precision: null, ended: "capped" },
  ]);
});
