import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { claimsTable, estimateBeside, estimateText } from "../../src/ledger/claims-table.ts";
import { evaluateLedger } from "../../src/ledger/evaluate-ledger.ts";
import { allOf, atLeast, undecided } from "../../src/ledger/judge.ts";
import type { Manifest } from "../../src/tables/manifest.ts";
import { doubling, lookedAtOnce, single, writeHost } from "./fixtures/host-data-set.ts";

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

/** The ledger of a host whose ratio is three, plus or minus a half. */
function ledgerOf(changes: Partial<Manifest> = {}) {
  const folder = mkdtempSync(join(tmpdir(), "ledger-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const host = writeHost(join(folder, "host"), 3, 0.5, changes);
  return evaluateLedger(host, [{ claims: [doubling], experiment: () => single }]);
}

test("estimates are headed by the coverage of their intervals, and say it where it is not 95 %", () => {
  const [once, first, second] = [ledgerOf(), ledgerOf(lookedAtOnce(0.98)), ledgerOf(lookedAtOnce(0.987))];
  expect(claimsTable(once)).toMatchObject([{ "estimate (95 % interval)": "3.00 (2.50 to 3.50)" }]);
  expect(claimsTable(first)).toMatchObject([{ "estimate (98.0 % interval)": "3.00 (2.50 to 3.50, 98.0 %)" }]);
  expect(claimsTable([...first, ...second, ...once])).toMatchObject([
    { "estimate (interval of 95 % to 98.7 %)": "3.00 (2.50 to 3.50, 98.0 %)" },
    { "estimate (interval of 95 % to 98.7 %)": "3.00 (2.50 to 3.50, 98.7 %)" },
    { "estimate (interval of 95 % to 98.7 %)": "3.00 (2.50 to 3.50)" },
  ]);
  const empty = mkdtempSync(join(tmpdir(), "ledger-"));
  onTestFinished(() => rmSync(empty, { recursive: true }));
  const unmeasured = evaluateLedger(empty, [{ claims: [doubling], experiment: () => single }]);
  expect(claimsTable(unmeasured)).toMatchObject([{ "estimate (95 % interval)": "not measured" }]);
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
