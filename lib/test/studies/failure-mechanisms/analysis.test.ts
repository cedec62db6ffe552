import { expect, test } from "vitest";
import {
  channelDepths,
  databaseHealth,
  errorTexts,
  type MechanismData,
  mechanismFailures,
} from "../../../src/studies/failure-mechanisms/analysis.ts";
import { failureMechanismsClaims } from "../../../src/studies/failure-mechanisms/claims.ts";
import { experiment } from "../../../src/studies/failure-mechanisms/experiment.ts";
import type { SampleOf } from "../../../src/tables/experiment-declaration.ts";
import { datasetOf } from "../../summary/dataset-of.ts";

type Sample = Partial<SampleOf<ReturnType<typeof experiment>>>;

const mechanisms = ["time-out", "bounded-channel", "connection-pool", "mutex"] as const;

/** Ten operations of one run, the first `failures` of which ran out of time. */
function operations(run: number, failures: number, levels: Sample): Sample[] {
  return Array.from({ length: 10 }, (_, number) => {
    const failed = number < failures;
    return {
      run,
      workers: 4,
      kind: "operation",
      number,
      intendedNs: number * 20e6,
      latencyNs: 10e6,
      waitNs: 5e6,
      heldNs: failed ? null : 2e6,
      workerWaitNs: 1e6,
      outcome: failed ? "timed-out" : "completed",
      falseTimeout: failed && number === 0,
      depth: number,
      message: failed ? "TimeoutError: late" : null,
      stack: failed ? "new DOMException (node:internal)\nlistOnTimeout (node:internal/timers)" : null,
      active: null,
      idleInTransaction: null,
      waiting: null,
      ...levels,
    };
  });
}

function check(run: number, intendedNs: number, levels: Sample): Sample {
  const [nothing] = operations(run, 0, {});
  const empty = {
    outcome: null,
    waitNs: null,
    heldNs: null,
    workerWaitNs: null,
    depth: null,
    falseTimeout: null,
  };
  const state = { latencyNs: 1e6, active: 0, idleInTransaction: 4, waiting: 9 };
  return { ...nothing, ...empty, ...state, kind: "check", intendedNs, ...levels };
}

const shared = (blockers: number) => ({ placement: "shared", blockers }) as const;
const isolated = { placement: "isolated", blockers: 6 } as const;

const starved = datasetOf(
  experiment(),
  mechanisms.flatMap((mechanism) =>
    [1, 2, 3, 4, 5, 6].flatMap((run) => [
      ...operations(run, 0, { mechanism, ...shared(3) }),
      ...operations(run + 10, 8, { mechanism, ...shared(4) }),
      ...operations(run + 20, 10, { mechanism, ...shared(6) }),
      ...operations(run + 30, 0, { mechanism, ...isolated }),
    ]),
  ),
);

test("counts failures and false time-outs, and leaves checks out of both", () => {
  const data = datasetOf(experiment(), [
    ...operations(1, 3, { mechanism: "mutex", ...shared(4) }),
    ...operations(2, 5, { mechanism: "mutex", ...shared(4) }),
    check(2, 0, { mechanism: "mutex", ...shared(4) }),
  ]);
  expect(mechanismFailures(data)).toMatchObject([
    { runs: 2, operations: 20, failures: 8, failureShare: 0.4, falseTimeouts: 2, waitMs: 5, heldMs: 2 },
  ]);
});

test("describes the database while operations arrive only", () => {
  const levels = { mechanism: "connection-pool", ...shared(6) } as const;
  const data = datasetOf(experiment(), [
    check(1, -1, { ...levels, idleInTransaction: 0 }),
    check(1, 0, levels),
    check(1, 599e6, levels),
    check(1, 600e6, { ...levels, idleInTransaction: 0 }),
  ]);
  expect(databaseHealth(data)).toMatchObject([{ idleInTransaction: 4, active: 0, waiting: 9 }]);
});

test("bins the channel's depth by the moment of the send, not of the arrival", () => {
  const data = datasetOf(
    experiment(),
    operations(1, 0, { mechanism: "bounded-channel", ...shared(4), waitNs: 41e6 }),
  );
  expect(channelDepths(data)).toMatchObject([
    { atMs: 25, depth: 0 },
    { atMs: 75, depth: 1.5 },
    { atMs: 125, depth: 4 },
    { atMs: 175, depth: 6.5 },
    { atMs: 225, depth: 8.5 },
  ]);
});

test("lists each error once, with how often it was seen", () => {
  const data = datasetOf(experiment(), operations(1, 4, { mechanism: "mutex", ...shared(4) }));
  expect(errorTexts(data)).toEqual([
    {
      mechanism: "mutex",
      message: "TimeoutError: late",
      frame: "new DOMException (node:internal)",
      failures: 4,
    },
  ]);
});

test("claims are judged by what was planted, and sparse data decide nothing", () => {
  const verdicts = (data: MechanismData) =>
    Object.fromEntries(failureMechanismsClaims.map(({ id, judge }) => [id, judge(data).verdict]));
  const planted = verdicts(starved);
  expect(planted["mechanisms-fail-at-saturation"]).toBe("holds");
  expect(planted["mechanisms-false-timeouts"]).toBe("holds");
  const sparse = verdicts(
    datasetOf(experiment(), operations(1, 3, { mechanism: "mutex", ...shared(0), workers: 2 })),
  );
  expect(new Set(Object.values(sparse))).toEqual(new Set(["not testable here"]));
});
