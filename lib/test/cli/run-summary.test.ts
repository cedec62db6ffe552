import { join } from "node:path";
import { expect, test } from "vitest";
import { asJson, describeSummary, type RunSummary, summariseRun } from "../../src/cli/run-summary.ts";
import type { Experiment } from "../../src/design/experiment.ts";
import type { Claim } from "../../src/ledger/claim.ts";
import { atLeast, atMost, type Judgement, undecided } from "../../src/ledger/judge.ts";
import { defineStudy } from "../../src/studies/study.ts";
import { readManifest } from "../../src/tables/manifest.ts";
import { type Changes, coins, smallDataSet } from "../audit/small-data-set.ts";

const module = new URL("../audit/small-data-set.ts", import.meta.url);

/** A toss fails where it shows heads for no time at all, and does not count where that is negative. */
const failing: Experiment = {
  ...coins,
  primary: {
    rule: "failureRate",
    count: ({ headsNs }) => {
      const tosses = Array.from(headsNs ?? [], Number).filter((ns) => ns >= 0);
      return { failed: tosses.filter((ns) => ns === 0).length, trials: tosses.length };
    },
  },
};

/** Sums up what a campaign left that measured coins of these kinds, each twice. */
function summaryOf(
  kinds: readonly string[],
  changes: Omit<Changes, "manifest"> = {},
  claims: readonly Claim[] = [],
): RunSummary {
  const experiment: Experiment = {
    ...(changes.experiment ?? coins),
    design: () => [{ name: "base", scenarios: kinds.map((coin) => ({ coin })), replicates: 2 }],
  };
  const parts = [{ name: "base", scenarios: kinds.length, replicates: 2 }];
  const parameters = { blocks: 2, factors: { coin: kinds }, parts, restriction: {} };
  const out = smallDataSet({ ...changes, experiment, manifest: { parameters } });
  const study = defineStudy({ name: coins.name, module, experiment: () => experiment, claims, figures: {} });
  return summariseRun(out, study, experiment, readManifest(join(out, coins.name)));
}

const linesOf = (summary: RunSummary) => describeSummary(summary).split("\n");

test("of durations the quantiles are shown, and by which factor p99 exceeds the least", () => {
  const ramp = (ms: number) => Array.from({ length: 100 }, (_, i) => (i + 1) * ms * 1e6);
  const tosses: Readonly<Record<string, readonly number[]>> = { bent: ramp(10), fair: ramp(1), worn: [1e6] };
  const summary = summaryOf(["bent", "fair", "worn"], {
    headsNs: ({ coin }) => tosses[String(coin)] ?? [],
    rows: (rows) => {
      const lost = rows.findIndex(({ coin }) => coin === "fair");
      return rows.map((row, i) =>
        i === lost ? { ...row, valid: false, invalidReason: "steal: 0.500" } : row,
      );
    },
  });
  expect(linesOf(summary)).toEqual([
    "  coin  valid runs  p50 ms  p99 ms  × least p99",
    "  fair  1/2         50.0    99.0    1.00",
    "  bent  2/2         500     990     10.0",
    "  worn  2/2         1.00    –       –",
  ]);
});

test("of outcomes the share that failed is shown, and a dash where there was none", () => {
  const tosses: Readonly<Record<string, readonly number[]>> = {
    bent: [0, 0, 0, 5],
    fair: [0, 5, 5, 5],
    lost: [-1],
  };
  const summary = summaryOf(["lost", "bent", "fair"], {
    experiment: failing,
    headsNs: ({ coin }) => tosses[String(coin)] ?? [],
  });
  expect(linesOf(summary)).toEqual([
    "  coin  valid runs  failed",
    "  fair  2/2         25.0 %",
    "  bent  2/2         75.0 %",
    "  lost  2/2         –",
  ]);
});

test("scenarios of two parts that have the same levels are told apart by their parts", () => {
  const experiment: Experiment = {
    ...coins,
    design: () => [
      { name: "base", scenarios: [{ coin: "fair" }, { coin: "bent" }], replicates: 2 },
      { name: "again", scenarios: [{ coin: "fair" }], replicates: 2 },
    ],
  };
  const parts = [
    { name: "base", scenarios: 2, replicates: 2 },
    { name: "again", scenarios: 1, replicates: 2 },
  ];
  const parameters = { blocks: 2, factors: { coin: ["fair", "bent"] }, parts, restriction: {} };
  const out = smallDataSet({ experiment, manifest: { parameters } });
  const study = defineStudy({
    name: coins.name,
    module,
    experiment: () => experiment,
    claims: [],
    figures: {},
  });
  const lines = linesOf(summariseRun(out, study, experiment, readManifest(join(out, coins.name))));
  expect(lines[0]).toMatch(/^ {2}part +coin +valid runs/);
  expect(
    lines
      .slice(1)
      .map((line) => line.trim().split(/ +/).slice(0, 2).join(" "))
      .sort(),
  ).toEqual(["again fair", "base bent", "base fair"]);
});

test("of more scenarios than fit both ends are shown, and how many lie between", () => {
  const levels = Array.from({ length: 14 }, (_, i) => `coin-${String(i).padStart(2, "0")}`);
  const tosses = (failed: number) => Array.from({ length: 20 }, (_, i) => (i < failed ? 0 : 5));
  const lines = linesOf(
    summaryOf(levels.toReversed(), {
      experiment: failing,
      headsNs: ({ coin }) => tosses(Number(String(coin).slice(5))),
    }),
  );
  expect(lines[7]).toBe("  … 2 scenarios between; --json shows all");
  const shown = lines.filter((line) => line.includes("coin-")).map((line) => line.trim().split(/ +/)[0]);
  expect(shown).toEqual([...levels.slice(0, 6), ...levels.slice(-6)]);
});

/** Claims that hold as expected, fail against it, and cannot be told. */
const claims = [
  claim("lands", () => atLeast({ estimate: 2, low: 1, high: 3 }, 1)),
  claim("stays-up", () => atMost({ estimate: 20, low: 10, high: 30 }, 1)),
  claim("stands", () => undecided("nobody looked")),
];

function claim(id: string, judge: () => Judgement): Claim {
  return {
    id,
    statement: "Coins do.",
    source: "this study",
    expected: { verdict: "holds", because: "they are coins" },
    experiment: coins.name,
    evidence: { notebook: "coins", cell: "shown" },
    margin: "at least once",
    needs: "coins",
    judge,
  };
}

test("claims are shown with their verdict and estimate, those that are open by their number", () => {
  expect(linesOf(summaryOf(["fair"], {}, claims)).slice(-3)).toEqual([
    "  holds                       lands     2.00 (1.00 to 3.00)",
    "  fails, against expectation  stays-up  20.0 (10.0 to 30.0)",
    "  1 of 3 claims are not testable with these data",
  ]);
});

test("a program gets every claim, and the coverage of its interval where there is one", () => {
  const shown = asJson(summaryOf(["fair"], {}, claims));
  expect(JSON.parse(JSON.stringify(shown.claims))).toEqual([
    {
      id: "lands",
      verdict: "holds",
      asExpected: true,
      estimate: 2,
      low: 1,
      high: 3,
      level: 0.95,
      reason: "the interval is at least 1",
    },
    {
      id: "stays-up",
      verdict: "fails",
      asExpected: false,
      estimate: 20,
      low: 10,
      high: 30,
      level: 0.95,
      reason: "the interval is not at most 1",
    },
    {
      id: "stands",
      verdict: "not testable here",
      asExpected: null,
      estimate: null,
      low: null,
      high: null,
      reason: "nobody looked",
    },
  ]);
});
