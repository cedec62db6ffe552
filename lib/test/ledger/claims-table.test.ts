import { expect, test } from "vitest";
import { estimateText } from "../../src/ledger/claims-table.ts";
import { atLeast, undecided } from "../../src/ledger/judge.ts";

test.each([
  [{}, "2.00 (1.00 to 3.00)"],
  [{ openLow: true }, "2.00 (1.00 or less to 3.00)"],
  [{ openHigh: true }, "2.00 (1.00 to 3.00 or more)"],
  [{ openLow: true, openHigh: true }, "2.00 (1.00 or less to 3.00 or more)"],
] as const)("an estimate is spelt with its interval, and with the sides that are open: %o", (open, spelt) => {
  expect(estimateText({ ...atLeast({ estimate: 2, low: 1, high: 3, ...open }, 0), runs: 5 })).toBe(spelt);
});

test("where there is no interval or no estimate it is said what lacks", () => {
  expect(estimateText({ ...atLeast({ estimate: 2, low: null, high: null }, 0), runs: 1 })).toBe("2.00");
  expect(estimateText({ ...undecided("nothing"), runs: 0 })).toBe("not measured");
  expect(estimateText({ ...undecided("nothing"), runs: 3 })).toBe("too few runs");
});
