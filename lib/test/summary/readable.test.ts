import { from } from "arquero";
import { expect, test } from "vitest";
import { publishedTokio } from "../../src/studies/tokio/analysis/published.ts";
import { readable } from "../../src/summary/readable.ts";
import { sideBySide } from "../../src/summary/side-by-side.ts";

const rows = [
  { executor: "pinned", blockers: 1, p99Ms: 1.234, p99LowMs: -0.5, p99HighMs: 40.26, lateShare: 0.0123 },
  { executor: "pinned", blockers: 0, p99Ms: null, p99LowMs: null, p99HighMs: null, lateShare: 0 },
];

test("estimates and intervals become one text with three digits; missing stays missing", () => {
  expect(readable(rows, "executor", "blockers", "p99Ms", "lateShare")).toEqual({
    executor: ["pinned", "pinned"],
    blockers: [1, 0],
    "p99 (ms)": ["1.23 (−0.500 to 40.3)", null],
    "late (%)": ["1.23", "0.000"],
  });
  expect(() => readable(from(rows), "p90Ms")).toThrow("got p90Ms");
});

test("an interval with one end tells it", () => {
  const [low, high] = [
    { p99Ms: 134, p99LowMs: 127.1, p99HighMs: null },
    { p99Ms: 2, p99LowMs: null, p99HighMs: 3 },
  ];
  expect(readable([low, high], "p99Ms")).toEqual({
    "p99 (ms)": ["134 (127 or more)", "2.00 (3.00 or less)"],
  });
});

test.each([
  ["pollsASecond", "polls a second"],
  ["payloadKiB", "payload (KiB)"],
  ["queueP99Ms", "queue p99 (ms)"],
  ["hdrMaxMs", "HDR max (ms)"],
])("the column %s is headed %s", (name, heading) => {
  expect(Object.keys(readable([{ [name]: 1 }], name))).toEqual([heading]);
});

test("levels stand side by side, one row a level", () => {
  expect(sideBySide(rows, { rows: "blockers", across: "executor", values: ["p99Ms"] })).toEqual({
    blockers: [0, 1],
    "pinned p99 (ms)": [null, "1.23"],
  });
});

test("the published values are there", () => {
  expect(publishedTokio("scheduling-delay")).toHaveLength(44);
  expect(publishedTokio("request-timeouts")).toContainEqual(
    expect.objectContaining({ concurrency: 20, metric: "failure_rate", value: 5.5, unit: "percent" }),
  );
});
