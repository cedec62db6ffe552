import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, vi } from "vitest";
import { registerArticle } from "../../src/cli/article.ts";
import { registerAudit } from "../../src/cli/audit.ts";
import { registerClaims } from "../../src/cli/claims.ts";
import { registerCompare } from "../../src/cli/compare.ts";
import { registerDecide } from "../../src/cli/decide.ts";
import { registerExport } from "../../src/cli/export.ts";
import { registerFleet } from "../../src/cli/fleet/fleet.ts";
import { registerHost } from "../../src/cli/host.ts";
import { registerList } from "../../src/cli/list.ts";
import { registerNewStudy } from "../../src/cli/new-study.ts";
import { registerNotebooks } from "../../src/cli/notebooks.ts";
import { registerReport } from "../../src/cli/report.ts";
import { registerReproduce } from "../../src/cli/reproduce.ts";
import { registerRun } from "../../src/cli/run.ts";
import { runCli } from "../../src/cli/run-cli.ts";
import { registerVerify } from "../../src/cli/verify.ts";
import type { Claim } from "../../src/ledger/claim.ts";
import { atLeast, undecided } from "../../src/ledger/judge.ts";
import { defineStudy } from "../../src/studies/study.ts";
import { cells } from "../../src/summary/cells.ts";
import { experiment } from "../harness/fixtures/countdown.ts";

const counted: Claim = {
  id: "counted",
  statement: "One is counted.",
  source: "this study",
  expected: { verdict: "holds", because: "it is one" },
  experiment: "countdown",
  evidence: { notebook: "none", cell: "none" },
  margin: "in at least one run",
  needs: "a run of one sample",
  judge(data) {
    const [one] = cells(data, { value: "countNs", by: [], where: { behaviour: "well", size: 1 } });
    const runs = one?.byRun.length ?? 0;
    return runs === 0 ? undecided("no run") : atLeast({ estimate: runs, low: runs, high: runs }, 1);
  },
};

const study = defineStudy({
  name: "countdown",
  module: new URL("../harness/fixtures/countdown.ts", import.meta.url),
  experiment,
  claims: [counted],
  figures: {},
});
const conditions = (name: string) => new URL(`../harness/fixtures/${name}-conditions.ts`, import.meta.url);
/** A folder for data, removed after the file's tests. */
export const out = mkdtempSync(join(tmpdir(), "cli-"));
afterAll(() => rmSync(out, { recursive: true }));

/** What commands have said since the test began, on stdout and on stderr. */
export let printed: string[];
export let complained: string;
beforeEach(() => {
  printed = [];
  complained = "";
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    complained += String(text);
    return true;
  });
  return () => vi.restoreAllMocks();
});

const commands = [
  registerList,
  registerRun,
  registerDecide,
  registerReproduce,
  registerVerify,
  registerHost,
  registerFleet,
  registerClaims,
  registerCompare,
  registerReport,
  registerExport,
  registerNotebooks,
  registerNewStudy,
  registerArticle,
  registerAudit,
];

/** Runs a command line on one small study, as on a quiet host; gives its exit code. */
export function scheduling(...args: string[]): Promise<number> {
  return schedulingOn("quiet", ...args);
}

/** As on a host whose conditions are those of a fixture. */
export function schedulingOn(host: "quiet" | "busy", ...args: string[]): Promise<number> {
  return runCli(args, commands, {
    studies: [study],
    print: (text) => void printed.push(text),
    conditions: conditions(host),
  });
}
