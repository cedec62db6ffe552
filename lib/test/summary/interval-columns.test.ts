import { expect, test } from "vitest";
import { intervalColumns, intervalNames } from "../../src/summary/interval-columns.ts";

const p99 = { estimate: 4_000_000, low: 3_000_000, high: 6_000_000 };

test.each([
  ["closed", p99, { p99Ms: 4, p99LowMs: 3, p99HighMs: 6 }],
  ["open below", { ...p99, openLow: true }, { p99Ms: 4, p99LowMs: null, p99HighMs: 6 }],
  ["open above", { ...p99, openHigh: true }, { p99Ms: 4, p99LowMs: 3, p99HighMs: null }],
  ["without an interval", { ...p99, low: null, high: null }, { p99Ms: 4, p99LowMs: null, p99HighMs: null }],
  ["missing", { estimate: null, low: null, high: null }, { p99Ms: null, p99LowMs: null, p99HighMs: null }],
] as const)(
  "a column of a bound holds no number that is only the end of a small sample: %s",
  (_, of, columns) => {
    expect(intervalColumns("p99", "Ms", of, 1e-6)).toEqual(columns);
    expect(intervalNames("p99", "Ms")).toEqual(Object.keys(columns));
  },
);
