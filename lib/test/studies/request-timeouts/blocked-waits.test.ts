import { expect, test } from "vitest";
import type { PollColumns } from "../../../src/executor/poll-log.ts";
import { blockedWaits } from "../../../src/studies/request-timeouts/blocked-waits.ts";

/**
 *     ms         0    10   20   30   40   50   60
 *     worker 0   ├────── block ──────────┤
 *     worker 1        ├────── block ──────────┤
 *     all held        ├──────────────────┤
 */
const blocks = [
  { tag: 0, worker: 0, dueMs: 0, startMs: 0, endMs: 50 },
  { tag: 1, worker: 1, dueMs: 10, startMs: 10, endMs: 60 },
];

test("on a shared queue, a poll is starved only while every worker is held", () => {
  const polls = columns([
    ...blocks,
    { tag: 2, worker: 1, dueMs: 2, startMs: 5, endMs: 5 },
    { tag: 3, worker: 0, dueMs: 20, startMs: 50, endMs: 50 },
    { tag: 4, worker: 0, dueMs: 52, startMs: 55, endMs: 55 },
  ]);
  expect([...blockedWaits(polls, 25, 2)]).toEqual([3]);
});

test("with three workers, two blocks starve nobody", () => {
  const polls = columns([...blocks, { tag: 3, worker: 0, dueMs: 20, startMs: 50, endMs: 50 }]);
  expect(blockedWaits(polls, 25, 3).size).toBe(0);
});

test("a pinned poll is starved by its own worker alone", () => {
  const polls = columns([
    ...blocks,
    { tag: 2, worker: 1, dueMs: 2, startMs: 5, endMs: 5 },
    { tag: 3, worker: 0, dueMs: 2, startMs: 50, endMs: 50 },
  ]);
  expect([...blockedWaits(polls, 25, "own")]).toEqual([3]);
});

test("short polls hold nobody up, and negative tags are no samples", () => {
  const polls = columns([
    { tag: 0, worker: 0, dueMs: 0, startMs: 0, endMs: 1 },
    { tag: -1, worker: 0, dueMs: 0, startMs: 1, endMs: 51 },
    { tag: 5, worker: 0, dueMs: 0, startMs: 0.5, endMs: 1 },
  ]);
  expect(blockedWaits(polls, 25, 1).size).toBe(0);
});

interface Row {
  readonly tag: number;
  readonly worker: number;
  readonly dueMs: number;
  readonly startMs: number;
  readonly endMs: number;
}

function columns(rows: readonly Row[]): PollColumns {
  const ns = (ms: (row: Row) => number) => Float64Array.from(rows, (row) => ms(row) * 1e6);
  return {
    task: Int32Array.from(rows, (_, task) => task),
    tag: Int32Array.from(rows, ({ tag }) => tag),
    worker: Int32Array.from(rows, ({ worker }) => worker),
    dueNs: ns(({ dueMs }) => dueMs),
    enqueuedNs: ns(({ dueMs }) => dueMs),
    startedNs: ns(({ startMs }) => startMs),
    endedNs: ns(({ endMs }) => endMs),
  };
}
