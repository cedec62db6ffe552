import { expect, test } from "vitest";
import { allOf, atLeast, atMost, undecided, within } from "../../src/ledger/judge.ts";

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

test("a bound may be infinite: runs that do not exclude it leave the claim open, or hold it", () => {
  expect(atLeast(between(4, Number.POSITIVE_INFINITY), 4).verdict).toBe("holds");
  expect(within(between(4, Number.POSITIVE_INFINITY), 4, 6).verdict).toBe("not testable here");
});

test("all parts must hold; one that fails decides, else one that is open", () => {
  const [holds, fails, open] = [atLeast(between(2, 3), 1), atLeast(between(0, 0.5), 1), undecided("why")];
  expect(allOf(holds, holds).verdict).toBe("holds");
  expect(allOf(holds, open, fails)).toBe(fails);
  expect(allOf(holds, open)).toBe(open);
});
