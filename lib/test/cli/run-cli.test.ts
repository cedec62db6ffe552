import { chmodSync, mkdtempSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { exitCodes } from "../../src/cli/exit-code.ts";
import { projectCommands } from "../../src/cli/project-commands.ts";
import { repositoryCommands } from "../../src/cli/repository-commands.ts";
import { runCli } from "../../src/cli/run-cli.ts";
import { readPackageFile } from "../../src/measure/package-file.ts";
import { projectRoot } from "../../src/measure/project-root.ts";
import { complained, out, printed, scheduling } from "./scheduling.ts";

const reference = join(projectRoot, "data", "reference");
/** Every command that reads a data set, up to the folder's name. */
const reading = [
  "verify",
  "claims",
  "compare",
  "report",
  `export --out ${join(out, "exported")}`,
  "notebooks --data",
  "article --beside",
  "audit --data",
];
/** And those that read the data sets of hosts. */
const readingHosts = ["claims --hosts", `export --out ${join(out, "exported")} --hosts`];

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
    ["run countdown all", "experiment is given twice: countdown, by its name and by all; leave one out"],
    ["list ", "experiment is unknown: an empty text; choose from countdown, all"],
    ["run countdown --workers 2", "experiment takes no --workers: countdown; leave it out"],
    ["new-study experiment", "study name is one that the template uses itself: experiment"],
    ["new-study experiment --in /tmp", "study name is one that the template uses itself: experiment"],
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
    ["decide --budget 0", "budget must be a number of minutes from above 0 to 1440; got 0"],
    [
      `decide --budget 0.0001 --quiet --out ${join(out, "tiny")}`,
      "budget is too small for a first look at any claim: 0.0001 min; allow more with --budget",
    ],
    ["reproduce --claim cuonted", "did you mean counted?"],
    ["run countdwon", "did you mean countdown?"],
    ["run all --out=", "option is empty: --out"],
    ["run", "missing required argument"],
    ["run all --out /dev/null/folder", "folder is not writable"],
    [`run all --profile smoke --restart --out ${reference}`, "folder belongs to the reference data: "],
    [`run all --out ${reference}/host`, "say --replace-reference"],
    ...[...reading, ...readingHosts].flatMap((command): [string, string][] => [
      [`${command} /no/such/folder`, "folder is missing: /no/such/folder"],
      [`${command} /dev/null`, "no folder: /dev/null"],
      [`${command} ${join(import.meta.dirname, "run-cli.test.ts")}`, "no folder: "],
    ]),
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
  test.each(reading)("%s", async (command) => {
    const empty = mkdtempSync(join(out, "empty-"));
    expect(await scheduling(...command.split(" "), empty)).toBe(1);
    expect(complained).toContain(`folder holds no data: ${empty}`);
  });

  test.each(readingHosts)("%s", async (command) => {
    const empty = mkdtempSync(join(out, "empty-"));
    expect(await scheduling(...command.split(" "), empty)).toBe(2);
    expect(complained).toContain(`folder holds no data set of a host: ${empty}`);
  });

  test.skipIf(process.getuid?.() === 0).each(reading)("%s, if it is closed", async (command) => {
    const closed = mkdtempSync(join(out, "closed-"));
    chmodSync(closed, 0o000);
    onTestFinished(() => chmodSync(closed, 0o700));
    expect(await scheduling(...command.split(" "), closed)).toBe(2);
    expect(complained).toContain(`folder cannot be read (EACCES): ${closed}; correct its permissions`);
  });
});

describe("help", () => {
  const commands = [...projectCommands, ...repositoryCommands];
  let shown: string;
  beforeEach(() => {
    shown = "";
    vi.spyOn(process.stdout, "write").mockImplementation((text) => {
      shown += String(text);
      return true;
    });
  });
  const told = (...args: string[]) => runCli(args, commands, { studies: [], print() {} });

  test("tells exit codes, examples, and the commands of users and maintainers apart", async () => {
    expect(await told("--help")).toBe(0);
    expect(shown).toMatch(/For your own host:\n.*list.*To work on the study:\n.*audit/s);
    expect(shown).toMatch(/Exit codes:\n +0 +it is done/);
    expect(shown).toContain("Examples:");
  });

  test("the README tells the same exit codes", () => {
    const readme = readFileSync(join(projectRoot, "README.md"), "utf8");
    const [, section = ""] = /^## Exit codes$(.*?)^## /ms.exec(readme) ?? [];
    const rows = [...section.matchAll(/^\| (\d[\d, ]*) \| (.+) \|$/gm)];
    expect(rows.map(([, code, meaning]) => [code, meaning])).toEqual(exitCodes);
  });

  test("--version is the package's", async () => {
    expect(await told("--version")).toBe(0);
    expect(shown).toBe(`${readPackageFile(join(projectRoot, "lib", "package.json")).version}\n`);
  });

  const root = new Command();
  for (const register of commands) register(root, { studies: [], print() {} });
  const namesIn = (within: Command, before: readonly string[] = []): string[] =>
    within.commands.flatMap((one) => {
      const name = [...before, one.name()];
      return [name.join(" "), ...namesIn(one, name)];
    });
  test.each(namesIn(root))("%s has examples, and shows no folder of this machine", async (name) => {
    expect(await told(...name.split(" "), "--help")).toBe(0);
    expect(shown).toContain(`Examples:\n  $ scheduling-safety ${name}`);
    expect(shown.replaceAll(/\s+/g, " ")).not.toContain(projectRoot);
  });
});
