import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { Command } from "commander";
import { expect, onTestFinished, test } from "vitest";
import { registerFleet } from "../../src/cli/fleet/fleet.ts";
import { registerReport } from "../../src/cli/report.ts";
import { projectRoot } from "../../src/measure/project-root.ts";

const recipes = join(projectRoot, "examples", "fleet");
const textOf = (name: string) => readFileSync(join(recipes, name), "utf8");
const names = readdirSync(recipes);

const program = new Command();
for (const register of [registerFleet, registerReport]) register(program, { studies: [], print: () => {} });
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

/** Commands that stand for those of the same names: a worker ends well on every machine but on `bad`. */
const standIns = {
  "scheduling-safety": `[ "$2" = enrol ] && echo address >"$FLEET_SERVER/hosts/$3.url"`,
  ssh: `case " $* " in *" bad "*) exit 255 ;; esac; echo "$*" | grep -o "host .*" >>"$FLEET_SERVER/ended"`,
};

test.each([
  [["one", "good", "two", "good"], 0, ["host one", "host two"]],
  [["one", "bad", "two", "good"], 1, ["host two"]],
  [["one", "good", "two", "bad"], 1, ["host one"]],
])("ssh.sh for %j waits for every worker, and ends with %i", (machines, status, ended) => {
  const folder = mkdtempSync(join(tmpdir(), "ssh-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, "hosts"));
  writeFileSync(join(folder, "admin.url"), "postgres://fleet_admin:password@127.0.0.1:5432/postgres");
  for (const [name, text] of Object.entries(standIns))
    writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  const { PATH } = process.env;
  const env = { ...process.env, FLEET_SERVER: folder, PATH: `${folder}${delimiter}${PATH}` };
  expect(spawnSync("sh", [join(recipes, "ssh.sh"), ...machines], { env }).status).toBe(status);
  expect(readFileSync(join(folder, "ended"), "utf8").trim().split("\n").sort()).toEqual(ended);
});

/** Where commands write unless they are told otherwise. */
function usualPlaces(): string[] {
  const commands = [...program.commands, ...(fleet?.commands ?? [])];
  return commands
    .flatMap(({ options }) => options.filter(({ long }) => long === "--out" || long === "--folder"))
    .map(({ defaultValue }) => String(defaultValue));
}

test.skipIf(!existsSync(join(projectRoot, ".git")))(
  "git ignores what the commands write where they are told nothing, and files with passwords",
  () => {
    const files = usualPlaces().map((place) => (place.endsWith(".html") ? place : join(place, "file")));
    const paths = [...files, join(projectRoot, "there.url")];
    expect(paths).toHaveLength(5);
    const ignored = execFileSync("git", ["check-ignore", ...paths], { cwd: projectRoot, encoding: "utf8" });
    expect(ignored.trim().split("\n")).toEqual(paths);
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
