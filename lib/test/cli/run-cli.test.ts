import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { projectRoot } from "../../src/measure/project-root.ts";
import { complained, out, printed, scheduling } from "./scheduling.ts";

const reference = join(projectRoot, "data", "reference");

describe("bad usage exits with 2 and says what would be right", () => {
  const workers = "workers must be an integer from 1 to 128; got";
  test.each([
    ["run all --workers 0", `${workers} 0`],
    ["run all --workers -1", `${workers} -1`],
    ["run all --workers 1.5", `${workers} 1.5`],
    ["run all --workers NaN", `${workers} NaN`],
    ["run all --workers 1e9", `${workers} 1e9`],
    ["run all --workers 100000", `${workers} 100000`],
    ["run all --workers=", "option is empty: --workers; give it a value, or leave it out"],
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
    ["run all --profile FULL", "did you mean full?"],
    ["run all --set behaviour=WELL", "did you mean well?"],
    ["run all --set toString=1", "factor is unknown: toString; choose from countdown: behaviour, size"],
    ["run all --set __proto__=1", "factor is unknown: __proto__"],
    ["run all --set constructor=1", "factor is unknown: constructor"],
    ["run all --set siez=1", "did you mean size?"],
    ["run all --set behaviour=wel", "did you mean well?"],
    ["run all --set size=1 --set size=2", "set is given twice for size"],
    ["run all --set size=1,1", "level of size is given twice: 1 in size=1,1; name it once"],
    ["run countdown countdown", "experiment is given twice: countdown; name it once"],
    ["new-study my-thing --in=", "option is empty: --in"],
    ["notebooks --only=", "option is empty: --only"],
    ["fleet serve --port=", "option is empty: --port"],
    ["fleet status --database=", "option is empty: --database"],
    [`run all --out /tmp/${"x".repeat(300)}`, "path is too long: /tmp/xxx"],
    ["run all --set \u001b[31m=1", "factor is unknown: \\u001b[31m;"],
    ["run --\u001b[31m", "unknown option '--\\u001b[31m'"],
    [
      "fleet plan --experiments countdown nothing,more --each-host",
      "experiment is unknown: nothing; choose from countdown, all",
    ],
    ["run all --seed 1 --seed 2", "option is given twice: --seed"],
    ["run all --seed 0x10", "seed must be an integer"],
    ["run all --workers 1e1", "workers must be an integer"],
    ["run countdwon", "did you mean countdown?"],
    ["run all --out=", "option is empty: --out"],
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
    expect(complained).not.toContain("\u001b");
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

  test.each([
    "list",
    "run",
    "verify",
    "claims",
    "compare",
    "host",
    "notebooks",
    "article",
    "audit",
    "new-study",
    "fleet",
    "fleet status",
    "fleet close",
  ])("%s has examples", async (name) => {
    let shown = "";
    vi.spyOn(process.stdout, "write").mockImplementation((text) => {
      shown += String(text);
      return true;
    });
    expect(await scheduling(...name.split(" "), "--help")).toBe(0);
    expect(shown).toContain(`Examples:\n  $ scheduling-safety ${name}`);
  });
});
