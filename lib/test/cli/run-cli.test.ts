import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { registerArticle } from "../../src/cli/article.ts";
import { registerAudit } from "../../src/cli/audit.ts";
import { registerClaims } from "../../src/cli/claims.ts";
import { registerCompare } from "../../src/cli/compare.ts";
import { registerHost } from "../../src/cli/host.ts";
import { registerList } from "../../src/cli/list.ts";
import { registerNotebooks } from "../../src/cli/notebooks.ts";
import { registerRun } from "../../src/cli/run.ts";
import { runCli } from "../../src/cli/run-cli.ts";
import { registerVerify } from "../../src/cli/verify.ts";
import { projectRoot } from "../../src/measure/project-root.ts";
import { defineStudy } from "../../src/studies/study.ts";
import { experiment } from "../harness/fixtures/countdown.ts";

const study = defineStudy({
  name: "countdown",
  module: new URL("../harness/fixtures/countdown.ts", import.meta.url),
  experiment,
  claims: [],
  figures: {},
});
const reference = join(projectRoot, "data", "reference");
const conditions = (name: string) => new URL(`../harness/fixtures/${name}-conditions.ts`, import.meta.url);
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

const commands = [
  registerList,
  registerRun,
  registerVerify,
  registerHost,
  registerClaims,
  registerCompare,
  registerNotebooks,
  registerArticle,
  registerAudit,
];

function scheduling(...args: string[]): Promise<number> {
  return schedulingOn("quiet", ...args);
}

/** As on a host whose conditions are those of a fixture. */
function schedulingOn(host: "quiet" | "busy", ...args: string[]): Promise<number> {
  return runCli(args, commands, {
    studies: [study],
    print: (text) => void printed.push(text),
    conditions: conditions(host),
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
    ["run all --set toString=1", "factor is unknown: toString; choose from countdown: behaviour, size"],
    ["run all --set __proto__=1", "factor is unknown: __proto__"],
    ["run all --set constructor=1", "factor is unknown: constructor"],
    ["run all --set siez=1", "did you mean size?"],
    ["run all --set behaviour=wel", "did you mean well?"],
    ["run all --set size=1 --set size=2", "set is given twice for size"],
    ["run all --seed 1 --seed 2", "option is given twice: --seed"],
    ["run all --seed 0x10", "seed must be an integer"],
    ["run all --workers 1e1", "workers must be an integer"],
    ["run countdwon", "did you mean countdown?"],
    ["run all --out=", "--out must name a folder; got an empty text"],
    ["run", "missing required argument"],
    ["run all --out /dev/null/folder", "folder is not writable"],
    [`run all --profile smoke --restart --out ${reference}`, "folder belongs to the reference data: "],
    [`run all --out ${reference}/host`, "say --replace-reference"],
    ...["verify", "claims", "compare", "notebooks --data", "article --beside", "audit --data"].flatMap(
      (command): [string, string][] => [
        [`${command} /no/such/folder`, "folder is missing: /no/such/folder"],
        [`${command} /dev/null`, "no folder: /dev/null"],
        [`${command} ${join(import.meta.dirname, "run-cli.test.ts")}`, "no folder: "],
      ],
    ),
    [`notebooks --keep --data ${out}`, "cannot be used with option"],
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
    expect(printed[0]).toMatch(/countdown: 6 runs \(6 valid\), 16 samples/);
  });

  test.each<[string, (bytes: Buffer) => Buffer | null, string]>([
    ["missing", () => null, "table is missing"],
    ["truncated", (bytes) => bytes.subarray(0, -9), "table is truncated"],
    ["no table", () => Buffer.from("a,b\n"), "table is not an Arrow file"],
    ["of another schema", () => readFileSync(join(data, "countdown", "runs.arrow")), "table was altered"],
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
      600_000,
    );
    process.emit("SIGTERM", "SIGTERM");
    expect(await running).toBe(143);
    process.exitCode = undefined;
    expect(await scheduling("verify", unfinished)).toBe(1);
    expect(complained).toMatch(/campaign is unfinished: .*countdown; finish it by running its command again/);
  });
});

describe("run", () => {
  const smoke = (folder: string, ...more: string[]) => [
    "run",
    "all",
    "--profile",
    "smoke",
    "--out",
    join(out, folder),
    ...more,
  ];

  test("ends with what was found, where the data lie and what to do next", async () => {
    expect(await scheduling(...smoke("found"))).toBe(0);
    const text = printed.join("\n");
    expect(text).toMatch(/size +valid runs +p50 ms +p99 ms +× least p99/);
    expect(text).toMatch(/^ +5 +2\/2 /m);
    expect(text).toContain(`data  ${join(out, "found")}`);
    expect(text).toContain(`scheduling-safety claims ${join(out, "found")}`);
  });

  test("tells a program the same as JSON, and nothing else on stdout", async () => {
    expect(await scheduling(...smoke("json", "--json"))).toBe(0);
    expect(JSON.parse(printed.join(""))).toMatchObject({
      experiments: [
        {
          experiment: "countdown",
          runs: { planned: 6, valid: 6 },
          scenarios: expect.arrayContaining(
            [1, 2, 5].map((size) =>
              expect.objectContaining({ levels: { behaviour: "well", size }, valid: 2 }),
            ),
          ),
          claims: [],
        },
      ],
    });
  });

  test("without one valid run ends with 3, and so does every judgement of such data", async () => {
    expect(await schedulingOn("busy", ...smoke("busy", "--quiet"))).toBe(3);
    expect(complained).toContain("no run is valid: countdown in ");
    expect(await scheduling("claims", join(out, "busy"))).toBe(3);
  });

  test.each([
    ["lock", (path: string) => writeFileSync(path, "garbage ".repeat(100)), "lock is damaged"],
    ["lock", (path: string) => mkdirSync(path), "lock is damaged"],
    ["campaign.json", (path: string) => writeFileSync(path, "{"), "campaign is damaged"],
    ["campaign.json", (path: string) => writeFileSync(path, '{"identity": {}}'), "campaign is damaged"],
    ["campaign.json", (path: string) => mkdirSync(path), "campaign is not a file"],
    ["../manifest.json", (path: string) => mkdirSync(path), "manifest is not a file"],
    ["../runs.arrow", (path: string) => mkdirSync(path), "folder is not writable"],
  ])("names a damaged %s, and --restart restarts", async (name, damage, problem) => {
    const folder = mkdtempSync(join(out, "damaged-"));
    const unfinished = join(folder, "countdown", "unfinished");
    mkdirSync(unfinished, { recursive: true });
    damage(join(unfinished, name));
    const command = ["run", "all", "--profile", "smoke", "--set", "size=1", "--quiet", "--out", folder];
    expect(await scheduling(...command)).not.toBe(0);
    expect(complained).toContain(`error: ${problem}`);
    expect(complained).not.toMatch(/^ +at /m);
    expect(await scheduling(...command, "--restart")).toBe(0);
  });
});

describe("a folder without data is an error in every command", () => {
  const commands = ["verify", "claims", "compare", "notebooks --data", "article --beside", "audit --data"];
  test.each(commands)("%s", async (command) => {
    const empty = mkdtempSync(join(out, "empty-"));
    expect(await scheduling(...command.split(" "), empty)).toBe(1);
    expect(complained).toContain(`folder holds no data: ${empty}`);
  });
});

describe("help", () => {
  test("tells exit codes, examples, and the commands of users and maintainers apart", async () => {
    let shown = "";
    vi.spyOn(process.stdout, "write").mockImplementation((text) => {
      shown += String(text);
      return true;
    });
    expect(await scheduling("--help")).toBe(0);
    expect(shown).toMatch(/For your own host:\n.*list.*To work on the study:\n.*audit/s);
    expect(shown).toMatch(/Exit codes:\n +0 +done/);
    expect(shown).toContain("Examples:");
  });

  test.each(["list", "run", "verify", "claims", "compare", "host", "notebooks", "article", "audit"])(
    "%s has examples",
    async (name) => {
      let shown = "";
      vi.spyOn(process.stdout, "write").mockImplementation((text) => {
        shown += String(text);
        return true;
      });
      expect(await scheduling(name, "--help")).toBe(0);
      expect(shown).toContain(`Examples:\n  $ scheduling-safety ${name}`);
    },
  );
});

/** Edits the text of a unit where it lies uncompressed, in the schema: still a readable table. */
function changedUnit(bytes: Buffer): Buffer {
  const changed = Buffer.from(bytes);
  changed.write("5", changed.indexOf("number of the sample"), "latin1");
  return changed;
}
