import { expect, test } from "vitest";
import type { Claim } from "../../src/ledger/claim.ts";
import { dispatcherRuleEffect, lateRuns } from "../../src/ledger/dispatcher-rule.ts";
import { atLeast } from "../../src/ledger/judge.ts";
import { confidenceLevel } from "../../src/summary/confidence-level.ts";
import { load } from "../../src/tables/load.ts";
import type { Manifest } from "../../src/tables/manifest.ts";
import { coins, smallDataSet } from "../audit/small-data-set.ts";

/** Holds where at least seven runs are valid, whatever they say. */
const enough: Claim = {
  id: "enough-coins",
  statement: "Coins were tossed often enough.",
  source: "this study",
  expected: { verdict: "holds", because: "they were" },
  experiment: coins.name,
  evidence: { notebook: "coins", cell: "coins" },
  margin: "at least seven runs",
  needs: "runs",
  judge: ({ samples }) => {
    const runs = new Set(samples.array("run") as ArrayLike<number> & Iterable<number>).size;
    return atLeast({ estimate: runs, low: runs, high: runs }, 7);
  },
};
const studies = [{ claims: [enough], experiment: () => coins }];

/** The first runs have a late dispatcher; of former data, that made them invalid. */
const data = (
  late: number,
  former: boolean,
  reason = "dispatcher delay: 6.0 ms",
  manifest: Partial<Manifest> = {},
) =>
  smallDataSet({
    manifest,
    rows: (all) =>
      all.map((row, i) => ({
        ...row,
        dispatcherDelayP99Ns: i < late ? 6e6 : 5e6,
        ...(former && i < late && { valid: false, invalidReason: reason }),
      })),
  });

test.each([false, true])("counts what the rule would exclude, of former data (%s) too", (former) => {
  const [row] = dispatcherRuleEffect(data(4, former), studies);
  expect(row).toMatchObject({
    experiment: "coins",
    runs: 10,
    late: 4,
    claims: 1,
    changed: 1,
    reversed: 1,
    changes: "enough-coins: holds, under the rule fails",
  });
  expect(row?.mostOfOneShare).toBeGreaterThanOrEqual(0.4);
});

test("a verdict that the rule leaves open is changed, and not reversed", () => {
  const wide: Claim = {
    ...enough,
    judge: ({ samples }) => {
      const runs = new Set(samples.array("run") as ArrayLike<number> & Iterable<number>).size;
      return atLeast({ estimate: runs, low: runs - 2, high: runs + 2 }, 7);
    },
  };
  expect(dispatcherRuleEffect(data(4, false), [{ claims: [wide], experiment: () => coins }])).toMatchObject([
    { changed: 1, reversed: 0, changes: "enough-coins: holds, under the rule not testable here" },
  ]);
});

test("data that were measured in rounds are judged as at their last look, by its coverage", () => {
  const levels: number[] = [];
  const few: Claim = {
    ...enough,
    judge: ({ samples }) => {
      levels.push(confidenceLevel());
      const runs = new Set(samples.array("run") as ArrayLike<number> & Iterable<number>).size;
      return atLeast({ estimate: runs, low: runs, high: runs }, 4);
    },
  };
  const sequential: NonNullable<Manifest["sequential"]> = {
    looks: [{ runs: 2, level: 0.987 }],
    budgetMs: null,
    claims: [{ claim: few.id, looks: 1, verdict: "holds" }],
    cells: [],
  };
  const looked = data(1, false, undefined, { sequential });
  // Two runs of each coin count, of which one is late.
  expect(dispatcherRuleEffect(looked, [{ claims: [few], experiment: () => coins }])).toMatchObject([
    { late: 1, changes: "enough-coins: holds, under the rule fails" },
  ]);
  expect(new Set(levels)).toEqual(new Set([0.987]));
});

test("values that a claim cannot be judged by are an error of the data", () => {
  const fragile: Claim = {
    ...enough,
    judge: () => {
      throw new RangeError("no rate over no time");
    },
  };
  expect(() =>
    dispatcherRuleEffect(data(4, false), [{ claims: [fragile], experiment: () => coins }]),
  ).toThrow(/^claim cannot be judged: enough-coins by .*coins \(RangeError: no rate over no time\)/);
});

test("a rule that excludes few runs changes nothing", () => {
  expect(dispatcherRuleEffect(data(3, false), studies)).toMatchObject([
    { runs: 10, late: 3, changed: 0, changes: null },
  ]);
});

test("a run that broke another rule as well is not counted", () => {
  const both = data(2, true, "steal: 0.300; dispatcher delay: 6.0 ms");
  expect(dispatcherRuleEffect(both, studies)).toMatchObject([{ runs: 8, late: 0, mostOfOneShare: 0 }]);
});

test("an experiment that was not measured has no row", () => {
  const absent = { ...coins, name: "dice" };
  expect(dispatcherRuleEffect(data(1, false), [{ claims: [], experiment: () => absent }])).toEqual([]);
});

test("runs that are valid and late are counted, those that another rule excludes are not", () => {
  expect(lateRuns(load(coins, data(4, false)))).toBe(4);
  expect(lateRuns(load(coins, data(2, true, "steal: 0.300; dispatcher delay: 6.0 ms")))).toBe(0);
});
