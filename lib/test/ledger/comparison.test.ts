import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { compareDataSets } from "../../src/ledger/compare-data-sets.ts";
import { besideTable, comparisonValues, contradictionsTable } from "../../src/ledger/comparison-tables.ts";
import { doubling, single, writeHost } from "./fixtures/host-data-set.ts";

/** Two hosts with these ratios, by which the claim that a ratio is at least two is judged. */
function compared(first: number, second: number, changes = {}) {
  const folder = mkdtempSync(join(tmpdir(), "beside-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const hosts: [string, string] = [
    writeHost(join(folder, "first"), first, 0.5),
    writeHost(join(folder, "second"), second, 0.5, changes),
  ];
  return compareDataSets(hosts, [{ claims: [doubling], experiment: () => single }]);
}

test.each([
  [3, 4, { besideAgree: 1 }],
  [1, 1.2, { besideAgree: 1 }],
  [3, 1, { besideContradict: 1 }],
  [1, 3, { besideContradict: 1 }],
  [2, 2.1, { besideOpen: 1 }],
  [2, 3, { besideOpenHere: 1 }],
  [1, 2, { besideOpenThere: 1 }],
])("of ratios %d and %d is said whether they agree on the claim", (first, second, values) => {
  const comparison = compared(first, second);
  const none = { besideAgree: 0, besideContradict: 0, besideOpen: 0, besideOpenHere: 0, besideOpenThere: 0 };
  expect(comparisonValues(comparison)).toEqual({ besideClaims: 1, ...none, ...values });
  const [row, ...others] = contradictionsTable(comparison);
  expect(row?.claim).toBe("besideContradict" in values ? doubling.statement : "none");
  expect(others).toEqual([]);
});

test("each side keeps its own ledger, the first first", () => {
  const { ledgers } = compared(3, 1);
  expect(ledgers.map(([row]) => row?.verdict)).toEqual(["holds", "fails"]);
});

test("a contradiction between states of the code says that they differ", () => {
  const code = { commit: null, dirty: false, sha256: "1".repeat(64) };
  const [row] = contradictionsTable(compared(3, 1, { code }));
  expect(row).toMatchObject({ claim: doubling.statement, change: "contradicts, with reserve: other code" });
  expect(row?.["beside it"]).toMatch(/^fails: /);
  expect(besideTable(compared(3, 1))[0]?.change).toBe("contradicts");
});

test("what both take from one host's simulations is no agreement", () => {
  const comparison = compared(3, 4);
  const comparable = { ...comparison.comparable, reservations: {} };
  expect(comparisonValues({ ...comparison, comparable })).toMatchObject({ besideClaims: 0, besideAgree: 0 });
});
