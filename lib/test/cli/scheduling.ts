import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, vi } from "vitest";
import { registerArticle } from "../../src/cli/article.ts";
import { registerAudit } from "../../src/cli/audit.ts";
import { registerClaims } from "../../src/cli/claims.ts";
import { registerCompare } from "../../src/cli/compare.ts";
import { registerFleet } from "../../src/cli/fleet/fleet.ts";
import { registerHost } from "../../src/cli/host.ts";
import { registerList } from "../../src/cli/list.ts";
import { registerNewStudy } from "../../src/cli/new-study.ts";
import { registerNotebooks } from "../../src/cli/notebooks.ts";
import { registerRun } from "../../src/cli/run.ts";
import { runCli } from "../../src/cli/run-cli.ts";
import { registerVerify } from "../../src/cli/verify.ts";
import { defineStudy } from "../../src/studies/study.ts";
import { experiment } from "../harness/fixtures/countdown.ts";

const study = defineStudy({
  name: "countdown",
  module: new URL("../harness/fixtures/countdown.ts", import.meta.url),
  experiment,
  claims: [],
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
  registerVerify,
  registerHost,
  registerFleet,
  registerClaims,
  registerCompare,
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
