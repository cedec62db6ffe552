import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { coverageByRuns, stoppingCosts, wrongVerdicts } from "../../src/summary/coverage-tables.ts";
import { loadCoverage } from "../../src/tables/simulated-coverage.ts";

const common = { design: "a cliff", response: "p99", experiments: 500 };
const few = (runs: number, coverage: number) => ({ ...common, runs, coverage });
const simulated = {
  "few-runs": [few(5, 0.97), few(7, 0.96), { ...few(7, 0.6), design: "two kinds" }, few(20, 0.95)],
  stopping: [
    { ...common, runs: "stopped by the rule, from 7 to 20", coverage: 0.8 },
    { ...common, runs: "always 20", coverage: 0.95 },
    { ...common, runs: "those stopped early", coverage: 0.2, experiments: 125 },
    { ...common, response: "failure rate", runs: "always 20", coverage: 0.9 },
    { ...common, response: "failure rate", runs: "stopped by the rule, from 5 to 20", coverage: 0.9 },
  ],
  decide: [
    { design: "a cliff", response: "p99", experiments: 500, holds: 0.01, fails: 0.286, meanRuns: 16.8 },
  ],
};

test("a row a design: coverage after so many runs, null where they were not simulated", () => {
  expect(coverageByRuns(simulated)).toEqual([
    {
      design: "a cliff",
      response: "p99",
      fiveRunsShare: 0.97,
      sevenRunsShare: 0.96,
      tenRunsShare: null,
      twentyRunsShare: 0.95,
    },
    expect.objectContaining({ design: "two kinds", fiveRunsShare: null, sevenRunsShare: 0.6 }),
  ]);
});

test("the series that ended early are told by themselves, beside all", () => {
  expect(stoppingCosts(simulated)).toEqual([
    {
      design: "a cliff",
      response: "p99",
      alwaysShare: 0.95,
      stoppedShare: 0.8,
      endedEarlyShare: 0.25,
      ofThoseShare: 0.2,
    },
    expect.objectContaining({ response: "failure rate", endedEarlyShare: 0, ofThoseShare: null }),
  ]);
});

test("each wrong verdict has its share", () => {
  expect(wrongVerdicts(simulated)).toMatchObject([{ wronglyHoldsShare: 0.01, wronglyFailsShare: 0.286 }]);
});

test("what is committed is read, with whole runs of our own among the designs", () => {
  const designs = coverageByRuns(loadCoverage()).map(({ design }) => design);
  expect(designs.filter((design) => /^\d+ own runs, /.test(design)).length).toBeGreaterThanOrEqual(3);
});

test("another form is refused with what to do", () => {
  const folder = mkdtempSync(join(tmpdir(), "coverage-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "coverage.json");
  writeFileSync(path, JSON.stringify({ ...simulated, stopping: [{ ...common, runs: 5, coverage: 2 }] }));
  expect(() => loadCoverage(path)).toThrow(
    /^simulated coverage .*coverage.*simulate again with `make coverage`/s,
  );
});
