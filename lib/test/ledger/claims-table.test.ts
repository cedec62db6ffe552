import { expect, test } from "vitest";
import { estimateText } from "../../src/ledger/claims-table.ts";
import { atLeast, undecided } from "../../src/ledger/judge.ts";

test("an estimate is spelt with its interval, and where there is none, what lacks", () => {
  expect(estimateText({ ...atLeast({ estimate: 2, low: 1, high: 3, openHigh: true }, 0), runs: 5 })).toBe(
    "2.00 (1.00 to 3.00 or more)",
  );
  expect(estimateText({ ...undecided("nothing"), runs: 0 })).toBe("not measured");
  expect(estimateText({ ...undecided("nothing"), runs: 3 })).toBe("too few runs");
});
