import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { registerRun } from "../../src/cli/run.ts";
import { runCli } from "../../src/cli/run-cli.ts";
import { defineStudy } from "../../src/studies/study.ts";
import { countdown } from "../harness/fixtures/countdown.ts";
import { complained, out, scheduling } from "./scheduling.ts";

const module = new URL("../harness/fixtures/countdown.ts", import.meta.url);
/** Two studies of one kind; the first is never to begin. */
const studies = ["first", countdown.name].map((name) =>
  defineStudy({ name, module, experiment: () => ({ ...countdown, name }), claims: [], figures: {} }),
);

function runAll(folder: string, ...more: string[]): Promise<number> {
  const args = ["run", "all", "--profile", "smoke", "--set", "size=1", "--quiet", "--out", folder, ...more];
  return runCli(args, [registerRun], { studies, print() {} });
}

test("a finished campaign of another plan is told before the first run of any", async () => {
  const folder = join(out, "finished");
  const smoke = ["--profile", "smoke", "--set", "size=1", "--quiet", "--out", folder];
  expect(await scheduling("run", "countdown", ...smoke)).toBe(0);
  expect(await runAll(folder, "--seed", "2", "--json")).toBe(2);
  expect(complained).toContain(
    `error: folder holds a finished campaign of another plan or code: ${join(folder, "countdown")}; discard it`,
  );
  expect(existsSync(join(folder, "first"))).toBe(false);
});

test("so is a file in the place of an experiment's folder", async () => {
  const folder = join(out, "file");
  mkdirSync(folder);
  writeFileSync(join(folder, "countdown"), "mine");
  expect(await runAll(folder)).toBe(1);
  expect(complained).toContain(`error: no folder: ${join(folder, "countdown")}; discard it with --restart`);
  expect(existsSync(join(folder, "first"))).toBe(false);
});
