import { expect, test } from "vitest";
import type { Claim } from "../../../src/ledger/claim.ts";
import {
  addedFailures,
  convoyFailures,
  lockAmplification,
  lockWaits,
} from "../../../src/studies/mutex-convoy/analysis.ts";
import { mutexConvoyClaims } from "../../../src/studies/mutex-convoy/claims.ts";
import { experiment } from "../../../src/studies/mutex-convoy/experiment.ts";
import type { SampleOf } from "../../../src/tables/experiment-declaration.ts";
import { datasetOf } from "../../summary/dataset-of.ts";

type Sample = Partial<SampleOf<ReturnType<typeof experiment>>>;

const empty = { rounds: null, spanUs: null };
const noRound = { latencyUs: null, lockWaitUs: null, handOverUs: null, holdUs: null };
const levels = { executor: "run-queue", section: "yields", workers: 4, tasks: 100, blockers: 4 } as const;

/** A run of 100 contender and 200 bystander rounds; `failed` of the contenders' timed out. */
function run(number: number, lock: "none" | "fair", failed: number): Sample[] {
  const workload: Sample["workload"] = lock === "none" ? "independent" : "contention";
  const base = { ...empty, ...noRound, ...levels, run: number, lock, workload };
  const total = { ...base, row: "total", spanUs: 2_000_000 };
  const waits = Array.from({ length: 40 }, (_, i) => ({
    ...{ ...base, row: "round", role: "contender", outcome: "completed", rounds: null },
    ...{ lockWaitUs: 1000 * (i + 1), handOverUs: 10, holdUs: i < 20 ? null : 500 },
  }));
  return [
    { ...total, role: "contender", outcome: "timed-out", rounds: failed },
    { ...total, role: "contender", outcome: "completed", rounds: 100 - failed },
    { ...total, role: "bystander", outcome: "completed", rounds: 200 },
    ...(lock === "none" ? [] : waits),
  ];
}

const dataset = datasetOf(experiment(), [
  ...run(1, "none", 0),
  ...run(2, "none", 10),
  ...run(3, "fair", 90),
  ...run(4, "fair", 100),
]);

test("190 of 200 contender rounds failed: 95 %; of 600 independent rounds 10", () => {
  const rows = convoyFailures(dataset);
  const share = (lock: string, role: string) =>
    rows.find((row) => row.lock === lock && row.role === role)?.failureShare;
  expect(share("fair", "contender")).toBe(0.95);
  expect(share("fair", "bystander")).toBe(0);
  expect(share("none", "all")).toBeCloseTo(10 / 600, 12);
});

test("what completed is counted per second of its run: 10 and 0 rounds in 2 s", () => {
  const rows = convoyFailures(dataset);
  const fair = rows.find((row) => row.lock === "fair" && row.role === "contender");
  expect(fair?.completedPerSecond).toBe(2.5);
});

test("the lock adds 95 − 5 = 90 points to contenders, and nothing to bystanders", () => {
  expect(addedFailures(dataset, { ...levels, lock: "fair", role: "contender" }).estimate).toBeCloseTo(
    0.9,
    12,
  );
  const rows = lockAmplification(dataset);
  expect(Object.fromEntries(rows.map(({ role, addedShare }) => [role, addedShare]))).toEqual({
    contender: expect.closeTo(0.9, 12),
    bystander: 0,
  });
});

test("nothing is added to levels that were not measured", () => {
  const levelsOfNobody = { ...levels, lock: "fair", tasks: 7 } as const;
  expect(addedFailures(dataset, levelsOfNobody)).toEqual({ estimate: null, low: null, high: null });
});

test("lock waits keep those who gave up; holds have only those who held", () => {
  const [row] = lockWaits(dataset);
  expect(row).toMatchObject({ lock: "fair", lockWaitP50Ms: 20, handOverP50Ms: 0.01, holdP50Ms: 0.5 });
});

test("claims survive data that lack what they need", () => {
  const verdicts = mutexConvoyClaims.map(({ judge }) => judge(dataset).verdict);
  expect(verdicts[0]).not.toBe("fails");
  expect(verdicts.slice(1)).toEqual(Array(3).fill("not testable here"));
});

test("in a pool of one worker no wait for the lock is compared with itself", () => {
  const rows = [1, 2, 3].flatMap((number) =>
    run(number, "fair", 0).map((row) => ({ ...row, workers: 1, blockers: 0, tasks: 500 })),
  );
  const { judge } = mutexConvoyClaims.find(({ id }) => id === "mutex-convoy-lock-wait-grows") as Claim<
    typeof dataset
  >;
  expect(judge(datasetOf(experiment(), rows))).toMatchObject({
    verdict: "not testable here",
    reason: "a pool of one worker leaves none free beside a blocker",
  });
});
