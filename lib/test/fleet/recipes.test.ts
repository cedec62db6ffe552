import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { expect, onTestFinished, test } from "vitest";
import { registerFleet } from "../../src/cli/fleet/fleet.ts";
import { projectRoot } from "../../src/measure/project-root.ts";

const recipes = join(projectRoot, "examples", "fleet");
const textOf = (name: string) => readFileSync(join(recipes, name), "utf8");
const names = readdirSync(recipes);

const program = new Command();
registerFleet(program, { studies: [], print: () => {} });
const fleet = program.commands.find((command) => command.name() === "fleet");

/** Finds every command of a fleet in a text, with its options. */
function commandsIn(text: string): { command: string; options: string[] }[] {
  const joined = text.replace(/", "/g, " ").replace(/\\\n/g, " ");
  return [...joined.matchAll(/\bfleet (serve|enrol|plan|work|status|collect|close)\b([^\n"`&]*)/g)].map(
    ([, command = "", rest = ""]) => ({ command, options: rest.match(/--[a-z-]+/g) ?? [] }),
  );
}

test.each(names)("%s uses commands and options that exist", (name) => {
  for (const { command, options } of commandsIn(textOf(name))) {
    const known = fleet?.commands.find((one) => one.name() === command)?.options.map(({ long }) => long);
    expect(known, `fleet ${command}`).toEqual(expect.arrayContaining(options));
  }
  expect(textOf(name)).not.toMatch(/postgres:\/\/\w+:(?!password@)[^\s$@]+@/);
});

test("the recipes use every command that a newcomer needs", () => {
  const used = names.flatMap((name) => commandsIn(textOf(name)).map(({ command }) => command));
  expect([...new Set(used)].sort()).toEqual(["close", "collect", "enrol", "plan", "serve", "status", "work"]);
});

test.each(names.filter((name) => name.endsWith(".sh")))(
  "%s is a shell script without a mistake of syntax",
  (name) => {
    expect(execFileSync("sh", ["-n", join(recipes, name)], { encoding: "utf8" })).toBe("");
  },
);

interface Instruction {
  readonly verb: string;
  readonly rest: string;
}

/** Reads a container file: one instruction a line. */
function instructions(): Instruction[] {
  return textOf("Containerfile")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => {
      const [, verb = "", rest = ""] = /^([A-Z]+) (.*)$/.exec(line) ?? [];
      return { verb, rest };
    });
}

test("the container file is one of known instructions, pins its base, and ends as a user without rights", () => {
  const all = instructions();
  const verbs = ["FROM", "RUN", "WORKDIR", "COPY", "USER", "ENTRYPOINT", "CMD"];
  expect(all.filter(({ verb }) => !verbs.includes(verb))).toEqual([]);
  expect(all[0]?.rest).toMatch(/^node:\d+-\w+-slim$/);
  expect(all.filter(({ verb }) => verb === "FROM")).toHaveLength(1);
  expect(all.findLast(({ verb }) => verb === "USER")?.rest).toBe("node");
  expect(all.some(({ verb, rest }) => verb === "RUN" && /latest|curl|wget|sudo/.test(rest))).toBe(false);
});

test.runIf(process.env["FAULTS"] !== undefined)(
  "the steps of the container file, replayed in an empty folder, make a program that runs",
  () => {
    const root = mkdtempSync(join(tmpdir(), "container-"));
    onTestFinished(() => rmSync(root, { recursive: true, force: true }));
    for (const { verb, rest } of instructions()) {
      if (verb === "COPY") copyInto(root, rest.split(" "));
      // Packages of the system, and users, are the base's; those of npm are those that are installed here.
      if (verb !== "RUN" || /^(apt-get|mkdir) /.test(rest)) continue;
      if (rest.startsWith("npm ci"))
        symlinkSync(join(projectRoot, "node_modules"), join(root, "node_modules"));
      else execFileSync("sh", ["-ec", rest], { cwd: root, stdio: "pipe" });
    }
    const entry = instructions().find(({ verb }) => verb === "ENTRYPOINT");
    const [node = "", ...args] = JSON.parse(entry?.rest ?? "[]") as string[];
    expect(
      execFileSync(join(root, node), [...args, "fleet", "--help"], { cwd: root, encoding: "utf8" }),
    ).toContain("scheduling-safety fleet");
  },
  600_000,
);

function copyInto(root: string, paths: readonly string[]): void {
  const target = paths.at(-1) ?? "";
  for (const path of paths.slice(0, -1)) {
    const from = join(projectRoot, path);
    expect(existsSync(from), path).toBe(true);
    const into = target.endsWith("/") ? join(root, target, path.split("/").at(-1) ?? "") : join(root, target);
    cpSync(from, into, { recursive: true });
  }
}
