import { expect, test } from "vitest";
import { intervalText } from "../../src/summary/interval-text.ts";

test.each([
  [{ low: 1, high: 3 }, "2.00 (1.00 to 3.00)"],
  [{ low: 1, high: 3, openLow: true, openHigh: true }, "2.00 (1.00 or less to 3.00 or more)"],
  [{ low: 1, high: null }, "2.00 (1.00 or more)"],
  [{ low: null, high: 3 }, "2.00 (3.00 or less)"],
  // An open end alone bounds nothing.
  [{ low: 1, high: null, openLow: true }, "2.00"],
  [{ low: null, high: 3, openHigh: true }, "2.00"],
  [{ low: null, high: null }, "2.00"],
] as const)("an interval %o is spelt", (interval, text) => {
  expect(intervalText({ estimate: 2, ...interval })).toBe(text);
});
