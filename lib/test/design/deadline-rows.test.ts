import { expect, test } from "vitest";
import { countTimedOut, runDeadlineRounds } from "../../src/design/deadline-rounds.ts";
import { deadlineRows } from "../../src/design/deadline-rows.ts";
import type { Records } from "../../src/executor/executor.ts";
import type { ThreadReading } from "../../src/measure/watch-thread.ts";

/** Tasks 0 and 1 with two requests each: the second request of task 1 timed out, though its work was done in time. */
const events = [
  event({ client: 0, round: 0, timedNs: 12e6, waitNs: 2e6 }),
  event({ client: 1, round: 0, timedNs: 13e6, waitNs: 3e6 }),
  event({ client: 0, round: 1, timedNs: 14e6, waitNs: 4e6 }),
  event({ client: 1, round: 1, timedNs: 100e6, waitNs: 90e6, timedOut: 1, falseTimeout: 1 }),
];

const records: Records = {
  events,
  // The third poll brings a task to its start, the last is a blocker's: neither is the load's.
  polls: {
    task: Int32Array.of(0, 1, 1, 2),
    tag: Int32Array.of(0, 3, -1, 0),
    worker: Int32Array.of(0, 1, 1, 0),
    dueNs: Float64Array.of(5, 10, 0, 0),
    enqueuedNs: Float64Array.of(6, Number.NaN, 0, 0),
    startedNs: Float64Array.of(8, 9, 0, 0),
    endedNs: Float64Array.of(9, 11, 0, 0),
  },
  readings: {
    workers: [reading(240, 4), reading(230, 6)],
    main: reading(250, 30),
    pool: { waitMeanNs: 0, waitP99Ns: 0, runMeanNs: 0, runP99Ns: 0, utilization: 0 },
  },
};

const load = { tasks: 2, rounds: 2, leadMs: 160 };
const rows = deadlineRows(records, { ...load, executor: "run-queue" });

test("every request is counted in the tally of its round", () => {
  expect(of("tally", "round", "requests", "timedOut", "falseTimeouts")).toEqual([
    [0, 2, 0, 0],
    [1, 2, 1, 1],
  ]);
  expect(countTimedOut(rows)).toEqual({ failed: 1, trials: 4 });
});

test("requests and the load's own polls are kept whole, signed, and null where nobody hands over", () => {
  expect(of("request", "task", "round", "outcome", "timedNs", "overheadNs")).toEqual([
    [0, 0, "completed", 12e6, 2e6],
    [1, 0, "completed", 13e6, 3e6],
    [0, 1, "completed", 14e6, 4e6],
    [1, 1, "timed-out", 100e6, 90e6],
  ]);
  expect(of("poll", "task", "overheadNs", "dispatchNs")).toEqual([
    [0, 3, 1],
    [1, -1, null],
  ]);
});

test("who dispatches is the main thread, or the busiest worker; its time counts from the start of the load", () => {
  const last = (columns: typeof rows) =>
    (["kind", "polls", "loadNs", "threadCpuNs", "workersCpuNs"] as const).map((name) => columns[name].at(-1));
  expect(last(rows)).toEqual(["dispatch", 2, 90e6, 30e6, 10e6]);
  expect(last(deadlineRows(records, { ...load, executor: "pinned" }))).toEqual([
    "dispatch",
    2,
    70e6,
    6e6,
    10e6,
  ]);
});

test("of many requests, those of every k-th task are kept, and all are counted", () => {
  const many = Array.from({ length: 1000 }, (_, client) =>
    event({ client, round: 0, timedNs: 1, waitNs: 1 }),
  );
  const large = deadlineRows(
    { ...records, events: many },
    { executor: "piscina", tasks: 1000, rounds: 1, leadMs: 0 },
  );
  expect(of("request", "task").length).toBe(4);
  expect(large.kind.filter((kind) => kind === "request")).toHaveLength(200);
  expect(countTimedOut(large).trials).toBe(1000);
});

test("real rounds beside real blockers lose no request", async () => {
  const load = { executor: "pinned", workers: 2, tasks: 3, rounds: 2, blockers: 1 } as const;
  for (const blocking of ["sustained", "original"] as const) {
    const { samples, lostSamples } = await runDeadlineRounds({ ...load, blocking }, 1);
    expect(lostSamples).toBe(0);
    expect(countTimedOut(samples).trials).toBe(6);
  }
});

function of(kind: string, ...names: readonly (keyof typeof rows)[]): unknown[][] {
  return rows.kind.flatMap((each, row) => (each === kind ? [names.map((name) => rows[name][row])] : []));
}

interface Request {
  readonly client: number;
  readonly round: number;
  readonly timedNs: number;
  readonly waitNs: number;
  readonly timedOut?: number;
  readonly falseTimeout?: number;
}

function reading(wallMs: number, cpuMs: number): ThreadReading {
  return { wallNs: wallMs * 1e6, cpuNs: cpuMs * 1e6, utilization: 0, loopDelay: null };
}

/** A row as the client program emits it. */
function event({ client, round, timedNs, waitNs, timedOut = 0, falseTimeout = 0 }: Request): number[] {
  return [client * 2 + round, client, round, 0, 0, timedNs, timedNs, timedOut, falseTimeout, 10, waitNs];
}
