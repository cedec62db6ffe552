import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { registerHost } from "../../src/cli/host.ts";
import { registerList } from "../../src/cli/list.ts";
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
const out = mkdtempSync(join(tmpdir(), "cli-"));
afterAll(() => rmSync(out, { recursive: true }));

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

const commands = [registerList, registerRun, registerVerify, registerHost];

function scheduling(...args: string[]): Promise<number> {
  return runCli(args, commands, {
    studies: [study],
    print: (text) => void printed.push(text),
  });
}

describe("bad usage exits with 2 and says what would be right", () => {
  const workers = "workers must be an integer from 1 to 128; got";
  test.each([
    ["run all --workers 0", `${workers} 0`],
    ["run all --workers -1", `${workers} -1`],
    ["run all --workers 1.5", `${workers} 1.5`],
    ["run all --workers NaN", `${workers} NaN`],
    ["run all --workers 1e9", `${workers} 1e9`],
    ["run all --workers 100000", `${workers} 100000`],
    ["run all --workers=", `${workers} `],
    ["run all --seed -3", "seed must be an integer from 0 to 4294967295; got -3"],
    ["run nonsense", "experiment is unknown: nonsense; choose from countdown, all"],
    ["list nonsense", "experiment is unknown: nonsense"],
    ["run all --set colour=red", "factor is unknown: colour; choose from countdown: behaviour, size"],
    ["run all --set size=3", "level of size is unknown: 3; countdown has 1, 2, 5"],
    ["run all --set size", "set must look like factor=level"],
    [
      "run all --set size=5 --set behaviour=hanging",
      "countdown has no scenario with size=5 behaviour=hanging",
    ],
    ["run all --profile huge", "Allowed choices are smoke, quick, full"],
    ["run", "missing required argument"],
    ["run all --out /dev/null/folder", "folder is not writable"],
    ["verify /no/such/folder", "folder is missing: /no/such/folder"],
    ["frobnicate", "unknown command"],
    ["list --frobnicate", "unknown option"],
  ])("%s", async (line, message) => {
    expect(await scheduling(...line.split(" "))).toBe(2);
    expect(complained).toContain(message);
    expect(complained).not.toMatch(/^ +at /m);
  });
});

describe("list", () => {
  test("shows experiments, factors, levels, scenarios, replicates and duration", async () => {
    expect(await scheduling("list", "--profile", "full")).toBe(0);
    expect(printed.join("\n")).toMatch(/countdown: Does the harness lose anything\?/);
    expect(printed.join("\n")).toMatch(/size +1, 2, 5, 500 +samples of a run/);
    expect(printed.join("\n")).toMatch(/base +3 scenarios × 10 replicates +about 2 s/);
    expect(printed.join("\n")).toMatch(/45 runs, about 3 s/);
  });

  test("as JSON, for the levels asked for", async () => {
    expect(await scheduling("list", "countdown", "--json", "--set", "size=1,5")).toBe(0);
    expect(JSON.parse(printed.join(""))).toMatchObject({
      profile: "quick",
      experiments: [{ name: "countdown", runs: 4, expectedMs: 240 }],
    });
  });
});

test("host prints the machine as JSON", async () => {
  expect(await scheduling("host")).toBe(0);
  expect(JSON.parse(printed.join(""))).toMatchObject({ software: { node: process.versions.node } });
});

describe("verify", () => {
  const data = join(out, "data");
  const table = join(data, "countdown", "samples.arrow");
  let intact: Buffer;
  beforeAll(async () => {
    await scheduling("run", "all", "--profile", "smoke", "--out", data, "--quiet");
    intact = readFileSync(table);
  });
  beforeEach(() => writeFileSync(table, intact));

  test("accepts what run wrote, by its data set or by itself", async () => {
    expect(await scheduling("verify", data, join(data, "countdown"))).toBe(0);
    expect(printed).toHaveLength(2);
    expect(printed[0]).toMatch(/countdown: 6 runs \(\d valid\), 16 samples/);
  });

  test.each<[string, (bytes: Buffer) => Buffer | null, string]>([
    ["missing", () => null, "table is missing"],
    ["truncated", (bytes) => bytes.subarray(0, -9), "table is truncated"],
    ["no table", () => Buffer.from("a,b\n"), "table is not an Arrow file"],
    [
      "of another schema",
      () => readFileSync(join(data, "countdown", "runs.arrow")),
      "table has another schema",
    ],
    ["edited by hand", changedUnit, "table was altered"],
  ])("names a table that is %s, and exits with 1", async (_, change, problem) => {
    const changed = change(intact);
    if (changed) writeFileSync(table, changed);
    else rmSync(table);
    expect(await scheduling("verify", data)).toBe(1);
    expect(complained).toContain(`error: ${problem}: ${table}`);
  });

  test("does not take an unfinished campaign for data", async () => {
    const unfinished = join(out, "unfinished");
    const running = scheduling(
      "run",
      "all",
      "--profile",
      "full",
      "--set",
      "behaviour=well",
      "--out",
      unfinished,
      "--quiet",
    );
    await vi.waitFor(
      () => readFileSync(join(unfinished, "countdown", "unfinished", "run-000000.arrow")),
      5000,
    );
    process.emit("SIGTERM", "SIGTERM");
    expect(await running).toBe(143);
    process.exitCode = undefined;
    expect(await scheduling("verify", unfinished)).toBe(1);
    expect(complained).toMatch(/campaign is unfinished: .*countdown; finish it by running its command again/);
  });
});

/** Edits the text of a unit where it lies uncompressed, in the schema: still a readable table. */
function changedUnit(bytes: Buffer): Buffer {
  const changed = Buffer.from(bytes);
  changed.write("5", changed.indexOf("number of the sample"), "latin1");
  return changed;
}
