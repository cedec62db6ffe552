import { expect, test } from "vitest";
import { estimateBeside, estimateText } from "../../src/ledger/claims-table.ts";
import { allOf, atLeast, undecided } from "../../src/ledger/judge.ts";

test("an estimate is spelt with its interval, and where there is none, what lacks", () => {
  expect(estimateText({ ...atLeast({ estimate: 2, low: 1, high: 3, openHigh: true }, 0), runs: 5 })).toBe(
    "2.00 (1.00 to 3.00 or more)",
  );
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
