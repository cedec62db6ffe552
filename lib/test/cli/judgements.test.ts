import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { registerClaims } from "../../src/cli/claims.ts";
import { registerCompare } from "../../src/cli/compare.ts";
import { registerExport } from "../../src/cli/export.ts";
import { registerReport } from "../../src/cli/report.ts";
import { runCli } from "../../src/cli/run-cli.ts";
import type { Claim } from "../../src/ledger/claim.ts";
import { atLeast } from "../../src/ledger/judge.ts";
import { projectRoot } from "../../src/measure/project-root.ts";
import { defineStudy } from "../../src/studies/study.ts";
import { type Changes, coins, smallDataSet } from "../audit/small-data-set.ts";

const module = new URL("../audit/small-data-set.ts", import.meta.url);
const study = defineStudy({ name: coins.name, module, experiment: () => coins, claims: [], figures: {} });
const commands = [registerClaims, registerCompare, registerReport, registerExport];
const reference = join(projectRoot, "data", "reference", "intel-xeon-2-cores");

let printed: string[];
let complained: string;
beforeEach(() => {
  printed = [];
  complained = "";
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    complained += String(text);
    return true;
  });
  return () => vi.restoreAllMocks();
});

function judge(...args: string[]): Promise<number> {
  return runCli(args, commands, { studies: [study], print: (text) => void printed.push(text) });
}

const busy: Changes = {
  rows: (rows) =>
    rows.map((row) => ({ ...row, valid: false, invalidReason: "steal: 0.500", stealShare: 0.5 })),
};

const landing: Claim = {
  id: "coins-land",
  statement: "Coins land.",
  source: "this study",
  expected: { verdict: "holds", because: "they fall" },
  experiment: coins.name,
  evidence: { notebook: "coins", cell: "shown" },
  margin: "at least once",
  needs: "coins",
  judge: () => atLeast({ estimate: 2, low: 1, high: 3 }, 1),
};

/** Every command that judges a data set or hands it on. */
function judging(data: string): string[][] {
  const out = join(smallDataSet(), "out");
  return [
    ["claims", data],
    ["compare", data, smallDataSet()],
    ["compare", smallDataSet(), data],
    ["report", data, "--out", join(data, "report.html")],
    ["export", data, "--out", out],
    ["export", "--hosts", hostsOf(data), "--out", out],
  ];
}

/** A folder of hosts with one host's data set. */
function hostsOf(data: string): string {
  const hosts = smallDataSet();
  rmSync(join(hosts, coins.name), { recursive: true });
  cpSync(data, join(hosts, "host"), { recursive: true });
  return hosts;
}

test("where no run is valid, every judgement ends with 3 and names the data set", async () => {
  for (const args of judging(smallDataSet(busy))) {
    complained = "";
    expect(await judge(...args), args.join(" ")).toBe(3);
    expect(complained).toMatch(/^error: no run is valid: .*; measure again on a quieter host\n$/);
  }
});

test("where runs are valid, every judgement ends with 0", async () => {
  for (const args of judging(smallDataSet())) expect(await judge(...args), args.join(" ")).toBe(0);
});

test("a folder without a host's data is no data set of hosts", async () => {
  const empty = smallDataSet();
  rmSync(join(empty, coins.name), { recursive: true });
  expect(await judge("export", "--hosts", empty, "--out", join(empty, "out"))).toBe(2);
  expect(complained).toContain(`folder holds no data set of a host: ${empty}`);
});

describe("the reference data are not overwritten unasked", () => {
  test.each([
    ["report", join(reference, "controls", "manifest.json")],
    ["report", join(reference, "new.html")],
    ["export", reference],
    ["export", join(projectRoot, "data", "reference", "new")],
  ])("%s --out %s", async (command, out) => {
    const manifest = join(reference, "controls", "manifest.json");
    const before = readFileSync(manifest);
    expect(await judge(command, smallDataSet(), "--out", out)).toBe(2);
    expect(complained).toMatch(
      /^error: (file|folder) belongs to the reference data: .*; choose another with --out\n$/,
    );
    expect(readFileSync(manifest)).toEqual(before);
    if (out !== reference && out !== manifest) expect(existsSync(out)).toBe(false);
  });

  test("also through a link", async () => {
    const data = smallDataSet();
    symlinkSync(dirname(reference), join(data, "link"));
    expect(await judge("report", data, "--out", join(data, "link", "main-host"))).toBe(2);
    expect(complained).toContain("belongs to the reference data");
  });
});

describe("a report takes the place of a file, and of nothing else", () => {
  const kinds: [string, (path: string) => void][] = [
    ["a folder", (path) => mkdirSync(path)],
    ["a link", (path) => symlinkSync("/dev/null", path)],
    ["a FIFO", (path) => execFileSync("mkfifo", [path])],
  ];
  test.skipIf(process.platform === "win32").each(kinds)("%s", async (kind, make) => {
    const data = smallDataSet();
    const out = join(data, "page.html");
    make(out);
    expect(await judge("report", data, "--out", out)).toBe(2);
    expect(complained).toBe(`error: no file: ${out} is ${kind}; choose another with --out\n`);
  });

  test.skipIf(process.platform === "win32")("a device", async () => {
    expect(await judge("report", smallDataSet(), "--out", "/dev/full")).toBe(2);
    expect(complained).toBe("error: no file: /dev/full is a device; choose another with --out\n");
  });

  test("an earlier report", async () => {
    const data = smallDataSet();
    const out = join(data, "page.html");
    writeFileSync(out, "earlier");
    expect(await judge("report", data, "--out", out)).toBe(0);
    expect(readFileSync(out, "utf8")).toContain("What was measured");
    expect(readFileSync(out, "utf8")).toContain("Its tables and figures are in its notebook");
  });
});

test("a name that is too long is told before anything is read", async () => {
  const long = "x".repeat(300);
  for (const command of ["report", "export"]) {
    complained = "";
    expect(await judge(command, smallDataSet(), "--out", `/tmp/${long}`)).toBe(2);
    expect(complained).toContain(`path is too long: /tmp/${long}`);
  }
});

test("of two data sets the second, which stands beside the reference, is looked at first", async () => {
  const [first, second] = [smallDataSet(), smallDataSet()];
  for (const data of [first, second])
    renameSync(join(data, coins.name, "samples.arrow"), join(data, coins.name, "lost"));
  const code = await runCli(["compare", first, second], commands, {
    studies: [{ ...study, claims: [landing] }],
    print: () => {},
  });
  expect(code).toBe(1);
  expect(complained).toContain(second);
  expect(complained).not.toContain(first);
});

test("what data of others hold does not reach the terminal as it stands", async () => {
  const host = { label: "x", cpuModel: "\u001b[2JXeon\u009b31m", cores: 2, memoryGiB: 4 };
  const described = { platform: "linux", arch: "x64", kernel: "6", clockSource: null, governor: null };
  const data = smallDataSet({
    manifest: { host: { ...host, ...described, cgroupQuotaCpus: null, virtualised: null } },
  });
  expect(await judge("compare", data, smallDataSet())).toBe(0);
  expect(printed.join("\n")).toContain("\\u001b[2JXeon\\u009b31m");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  expect(printed.join("\n")).not.toMatch(/[\u001b\u009b]/);
});
