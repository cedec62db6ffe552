import { describe, expect, test } from "vitest";
import { allOf, atLeast, atMost, undecided, within } from "../../src/ledger/judge.ts";
import { withConfidenceLevel } from "../../src/summary/confidence-level.ts";
import type { Estimate } from "../../src/summary/estimate.ts";

const between = (low: number, high: number) => ({ estimate: (low + high) / 2, low, high });

test("a verdict needs the whole interval on one side of the margin", () => {
  expect(atLeast(between(10, 12), 10).verdict).toBe("holds");
  expect(atLeast(between(7, 9.9), 10).verdict).toBe("fails");
  expect(atLeast(between(9, 11), 10).verdict).toBe("not testable here");
  expect(atMost(between(8, 10), 10).verdict).toBe("holds");
  expect(atMost(between(10.1, 12), 10).verdict).toBe("fails");
  expect(atMost(between(9, 11), 10).verdict).toBe("not testable here");
  expect(within(between(1, 2), 1, 2).verdict).toBe("holds");
  expect(within(between(2.1, 3), 1, 2).verdict).toBe("fails");
  expect(within(between(0.2, 0.9), 1, 2).verdict).toBe("fails");
  expect(within(between(1.5, 2.5), 1, 2).verdict).toBe("not testable here");
  expect(within(between(0.5, 2.5), 1, 2).verdict).toBe("not testable here");
});

test("an estimate without an interval, or none at all, decides nothing and says why", () => {
  expect(atLeast({ estimate: 99, low: null, high: null }, 10)).toMatchObject({
    verdict: "not testable here",
    reason: "too few runs for an interval",
  });
  for (const estimate of [null, Number.NaN]) {
    expect(atLeast({ estimate, low: null, high: null }, 10)).toMatchObject({
      verdict: "not testable here",
      reason: "the data do not carry the estimate",
    });
  }
  expect(atMost({ estimate: 1, low: Number.NaN, high: 2 }, 10).verdict).toBe("not testable here");
});

test("a verdict tells the coverage of its interval, and none where there is no interval", () => {
  const judged = (estimate: Estimate) => atLeast(estimate, 1);
  expect(judged(between(2, 3)).level).toBe(0.95);
  const look = withConfidenceLevel(0.98, () =>
    allOf({ one: judged(between(2, 3)), other: judged(between(4, 5)) }),
  );
  expect(look.level).toBe(0.98);
  expect(judged({ estimate: 2, low: null, high: null })).not.toHaveProperty("level");
  expect(undecided("why")).not.toHaveProperty("level");
});

test("a bound may be infinite: runs that do not exclude it leave the claim open, or hold it", () => {
  expect(atLeast(between(4, Number.POSITIVE_INFINITY), 4).verdict).toBe("holds");
  expect(within(between(4, Number.POSITIVE_INFINITY), 4, 6).verdict).toBe("not testable here");
});

describe("a bound that is only the end of the sample decides nothing on its side", () => {
  const near = { estimate: 2, low: 1, high: 3 };
  test.each([
    ["at least 1", (of: Estimate) => atLeast(of, 1), { closed: "holds", below: null, above: "holds" }],
    ["at least 4", (of: Estimate) => atLeast(of, 4), { closed: "fails", below: "fails", above: null }],
    ["at most 3", (of: Estimate) => atMost(of, 3), { closed: "holds", below: "holds", above: null }],
    ["at most 0", (of: Estimate) => atMost(of, 0), { closed: "fails", below: null, above: "fails" }],
    ["from 1 to 3", (of: Estimate) => within(of, 1, 3), { closed: "holds", below: null, above: null }],
    ["from 4 to 5", (of: Estimate) => within(of, 4, 5), { closed: "fails", below: "fails", above: null }],
    ["from −1 to 0", (of: Estimate) => within(of, -1, 0), { closed: "fails", below: null, above: "fails" }],
  ])("%s", (_, judged, { closed, below, above }) => {
    const open = "not testable here";
    expect(judged(near).verdict).toBe(closed);
    expect(judged({ ...near, openLow: true }).verdict).toBe(below ?? open);
    expect(judged({ ...near, openHigh: true }).verdict).toBe(above ?? open);
    expect(judged({ ...near, openLow: true, openHigh: true }).verdict).toBe(open);
  });
});

describe("a claim of several parts", () => {
  const clear = atLeast(between(20, 22), 1);
  const holds = atLeast(between(2, 3), 1);
  const fails = atLeast(between(0, 0.5), 1);
  const narrowly = atLeast(between(0, 0.99), 1);
  const open = atLeast(between(0.5, 2), 1);

  test("holds if all hold, fails if one fails, is open else", () => {
    expect(allOf({ clear, holds }).verdict).toBe("holds");
    expect(allOf({ holds, open, fails }).verdict).toBe("fails");
    expect(allOf({ holds, open }).verdict).toBe("not testable here");
    expect(allOf({ holds, missing: undecided("why") }).verdict).toBe("not testable here");
    expect(allOf({}).verdict).toBe("not testable here");
  });

  test("shows its worst part by name, and how many there are of each verdict", () => {
    expect(allOf({ clear, holds })).toMatchObject({
      estimate: 2.5,
      parts: { shown: "holds", hold: 2, fail: 0, open: 0 },
      reason: "holds, the worst of 2 parts (2 hold): the interval is at least 1",
    });
    expect(allOf({ holds, narrowly, fails, open })).toMatchObject({
      estimate: 0.25,
      parts: { shown: "fails", hold: 1, fail: 2, open: 1 },
      reason: "fails, the worst of 4 parts (1 holds, 2 fail, 1 is open): the interval is not at least 1",
    });
    expect(allOf({ holds, open, wide: atLeast(between(-9, 12), 1) }).parts?.shown).toBe("wide");
    expect(allOf({ open, missing: undecided("why") })).toMatchObject({
      estimate: null,
      parts: { shown: "missing", hold: 0, fail: 0, open: 2 },
    });
  });
});

test.each([
  ["inside, both ends count", within({ estimate: 4, low: 2, high: 5 }, 0, 8), 0.5],
  ["inside one bound", atLeast({ estimate: 4, low: 1, high: 99 }, 3), 3],
  ["outside, the near end counts", within({ estimate: 10, low: 7, high: 99 }, 0, 8), 1.5],
  ["at the margin no width is small enough", atMost({ estimate: 3, low: 2, high: 4 }, 3), Infinity],
  ["an open bound", atMost({ estimate: 1, low: 0, high: 2, openHigh: true }, 3), Infinity],
  ["an open bound below", atLeast({ estimate: 5, low: 4, high: 6, openLow: true }, 3), Infinity],
  ["a value without spread", within({ estimate: 1, low: 1, high: 1 }, 1, 1), 0],
])("an interval is too wide by its reach over the distance of the margin: %s", (_, { strain }, expected) => {
  expect(strain).toBe(expected);
});
