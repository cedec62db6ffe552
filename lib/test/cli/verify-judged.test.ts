import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { registerClaims } from "../../src/cli/claims.ts";
import { registerCompare } from "../../src/cli/compare.ts";
import { registerReport } from "../../src/cli/report.ts";
import { runCli } from "../../src/cli/run-cli.ts";
import type { Claim } from "../../src/ledger/claim.ts";
import { projectRoot } from "../../src/measure/project-root.ts";
import { blockingSources } from "../../src/studies/blocking-sources/index.ts";
import { introspection } from "../../src/studies/introspection/index.ts";
import type { MeasuredStudy, Study } from "../../src/studies/study.ts";
import { suspensionConvoy } from "../../src/studies/suspension-convoy/index.ts";
import { watch } from "../../src/studies/watch/index.ts";
import { readExperiment } from "../../src/tables/read-experiment.ts";
import { columnsOf } from "../../src/tables/read-table.ts";
import { coins, smallDataSet } from "../audit/small-data-set.ts";
import { refit } from "./refit-table.ts";
import { coinsStudy, verifyCoins } from "./verify-coins.ts";

const reference = join(projectRoot, "data", "reference", "intel-xeon-2-cores");
const folder = mkdtempSync(join(tmpdir(), "judged-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Copies one experiment of the reference data, but for a column of its samples, which holds one value; hash and seals fit. */
function alteredReference(study: MeasuredStudy, column: string, value: number | null): string {
  const data = mkdtempSync(join(folder, "host-"));
  const experiment = study.experiment();
  const own = join(data, experiment.name);
  cpSync(join(reference, experiment.name), own, { recursive: true });
  const { schema, rows, column: read } = readExperiment(own, experiment).samples;
  const columns = { ...columnsOf(schema, rows, read), [column]: new Array(rows).fill(value) };
  refit(own, "samples", schema, columns);
  return data;
}

const cases: [string, Study & MeasuredStudy, string, number | null][] = [
  ["polls that were not timed", introspection, "busyNs", null],
  ["polls that took no time", introspection, "busyNs", 0],
  ["messages in no time", suspensionConvoy, "spanNs", 0],
  ["delays that are not told", watch, "latencyP99Ns", null],
  ["no task", watch, "tasks", 0],
  ["CPU time that is not told", blockingSources, "cpuNs", null],
];
test.each(cases)("what claims cannot be judged by does not pass: %s", async (_, study, column, value) => {
  const data = alteredReference(study, column, value);
  const { code, complained } = await verifyCoins(data, [study]);
  expect(code).toBe(1);
  expect(complained).toMatch(
    /^error: claim cannot be judged: .* \(TypeError: .*\); restore its tables .*\n$/,
  );
  expect(complained).toContain(` by ${join(data, study.name)} (`);
});

test("every judgement of such data says of which claim and folder, without a stack", async () => {
  const data = alteredReference(introspection, "busyNs", 0);
  const commands = [
    ["claims", data],
    ["compare", reference, data],
    ["report", data, "--out", join(folder, "report.html")],
  ];
  for (const args of commands) {
    let complained = "";
    vi.spyOn(process.stderr, "write").mockImplementation((text) => {
      complained += String(text);
      return true;
    });
    const registered = [registerClaims, registerCompare, registerReport];
    const code = await runCli(args, registered, { studies: [introspection], print: () => {} });
    vi.restoreAllMocks();
    expect(code, args.join(" ")).toBe(1);
    expect(complained).toMatch(
      /^error: claim cannot be judged: introspection-sched-to-busy by \S+introspection \(TypeError: mean of run 0 must be a number; got Infinity\); .*\n$/,
    );
    expect(complained).toContain(data);
    expect(complained).toMatch(/; if they are whole, correct \S+mean-interval\.ts:\d+\n$/);
  }
});

test("a fault that no data can have is told with its stack", async () => {
  const claim: Claim = {
    id: "coins-land",
    statement: "Coins land.",
    source: "this study",
    expected: { verdict: "holds", because: "they fall" },
    experiment: coins.name,
    evidence: { notebook: "coins", cell: "shown" },
    margin: "at least once",
    needs: "coins",
    judge: () => {
      throw new ReferenceError("coin is not defined");
    },
  };
  const { code, complained } = await verifyCoins(smallDataSet(), [{ ...coinsStudy, claims: [claim] }]);
  expect(code).toBe(1);
  expect(complained).toMatch(/^ReferenceError: coin is not defined\n +at /);
});
