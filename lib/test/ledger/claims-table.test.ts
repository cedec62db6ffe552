import { expect, test } from "vitest";
import { estimateBeside, estimateText } from "../../src/ledger/claims-table.ts";
import { allOf, atLeast, undecided } from "../../src/ledger/judge.ts";

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

test("beside another host's, an estimate of another part says of which it is", () => {
  const host = (piscina: number) => ({
    ...allOf({
      "run-queue": atLeast({ estimate: 3, low: 2, high: 4 }, 1),
      piscina: atLeast({ estimate: piscina, low: piscina - 1, high: piscina + 1 }, 1),
    }),
    runs: 5,
  });
  const [queue, pool] = [host(90), host(2.2)];
  expect(estimateBeside(queue, pool)).toBe("3.00 (2.00 to 4.00), run-queue");
  expect(estimateBeside(pool, queue)).toBe("2.20 (1.20 to 3.20), piscina");
  expect(estimateBeside(queue, queue)).toBe("3.00 (2.00 to 4.00)");
});
