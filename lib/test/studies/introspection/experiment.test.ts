import { expect, test } from "vitest";
import type { Records } from "../../../src/executor/executor.ts";
import { introspectionSamples } from "../../../src/studies/introspection/samples.ts";

const reading = { wallNs: 100, cpuNs: 8, utilization: 0.5, loopDelay: { count: 3, meanNs: 10.4, p99Ns: 12 } };
const silent = { ...reading, loopDelay: null };
const pool = { waitMeanNs: 1, waitP99Ns: 2, runMeanNs: 3, runP99Ns: 4, utilization: Number.NaN };

/**
 *     probe 0    due 10, handed 12, runs 15–16 on worker 0;  due 40, handed 40, runs 70–72 on worker 1
 *     blocker 0  due 0, handed 0, runs 20–70 on worker 1
 */
function records(enqueuedNs: readonly number[]): Records {
  return {
    polls: {
      task: Int32Array.of(0, 1, 0),
      tag: Int32Array.of(0, 0, 1),
      worker: Int32Array.of(0, 1, 1),
      dueNs: Float64Array.of(10, 0, 40),
      enqueuedNs: Float64Array.from(enqueuedNs),
      startedNs: Float64Array.of(15, 20, 70),
      endedNs: Float64Array.of(16, 70, 72),
    },
    events: [],
    readings: { workers: [reading, silent], main: reading, pool },
  };
}

const cast = { probes: 1, tasks: 2, workers: 2 };

test("splits the life of a task into busy, scheduled, late and idle time", () => {
  const samples = introspectionSamples(records([12, 0, 40]), cast);
  const probe = row(samples, 0);
  expect(probe).toMatchObject({ kind: "probe", polls: 2, busyNs: 3, schedNs: 33, lateNs: 2, idleNs: 34 });
  expect(row(samples, 1)).toMatchObject({ kind: "blocker", number: 0, busyNs: 50, schedNs: 20, idleNs: 0 });
});

test("counts from the due time where nobody stands between timer and worker", () => {
  const samples = introspectionSamples(records([Number.NaN, Number.NaN, Number.NaN]), cast);
  expect(row(samples, 0)).toMatchObject({ schedNs: 35, lateNs: null, idleNs: 34 });
});

test("sums up polls by worker, and the part that blockers held", () => {
  const samples = introspectionSamples(records([12, 0, 40]), cast);
  expect(row(samples, 2)).toMatchObject({ kind: "worker", number: 0, polls: 1, busyNs: 1, blockedNs: 0 });
  expect(row(samples, 3)).toMatchObject({
    number: 1,
    polls: 2,
    busyNs: 52,
    blockedNs: 50,
    longestHoldNs: 50,
  });
});

test("an instrument that has nothing to say leaves a null, not a zero", () => {
  const samples = introspectionSamples(records([12, 0, 40]), cast);
  expect(row(samples, 2)).toMatchObject({ loopDelayCount: 3, loopDelayMeanNs: 10, loopDelayP99Ns: 12 });
  expect(row(samples, 3)).toMatchObject({ loopDelayCount: 0, loopDelayMeanNs: null, loopDelayP99Ns: null });
  expect(row(samples, 4)).toMatchObject({ kind: "main", polls: null, cpuNs: 8, waitP99Ns: null });
  expect(row(samples, 5)).toMatchObject({ kind: "pool", wallNs: 100, waitP99Ns: 2, utilization: null });
});

function row(samples: ReturnType<typeof introspectionSamples>, index: number): Record<string, unknown> {
  return Object.fromEntries(Object.entries(samples).map(([name, values]) => [name, values[index]]));
}
