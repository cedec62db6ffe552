import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { outsideRepository } from "../../test/packed/outside-repository.ts";
import { fixturePath, parkHeld, type Ran, runNode, runProgram } from "./run-node.ts";

const folder = mkdtempSync(join(outsideRepository(), "empty-project-"));
const root = new URL("../", import.meta.url).pathname;
let installed: Ran;
beforeAll(async () => {
  await runNode([join(root, "../../node_modules/typescript/bin/tsc"), "-p", root]);
  await runProgram("npm", ["pack", "--pack-destination", folder], { cwd: root });
  writeFileSync(join(folder, "package.json"), '{ "private": true }');
  const archive = readdirSync(folder).find((name) => name.endsWith(".tgz")) as string;
  const quiet = ["--no-audit", "--no-fund", "--prefer-offline"];
  installed = await runProgram("npm", ["install", ...quiet, `./${archive}`, "piscina@5.3.2"], {
    cwd: folder,
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("gives an empty project its first incident with two commands", async () => {
  expect(installed).toMatchObject({ code: 0 });
  for (const name of ["starved-app.mjs", "app-tasks.mjs", "gate.ts"]) {
    cpSync(fixturePath(name), join(folder, name));
  }
  const ran = await runProgram(
    process.execPath,
    ["--import", "scheduling-safety-watch/register", "starved-app.mjs", "told"],
    { cwd: folder },
  );
  expect(ran).toMatchObject({ code: 0, out: "done\n" });
  expect(ran.err).toMatch(new RegExp(`^\\[watch\\] ${parkHeld} for \\d+ ms`, "m"));
});

test("brings its command, its types and nothing native", async () => {
  const help = await runProgram(join(folder, "node_modules/.bin/scheduling-safety-watch"), ["--help"], {
    cwd: folder,
  });
  expect(help).toMatchObject({ code: 0, err: "" });
  const packages = readdirSync(join(folder, "node_modules")).filter((name) => !name.startsWith("."));
  expect(packages).toEqual(expect.arrayContaining(["@uwdata", "piscina", "scheduling-safety-watch"]));
  const own = readdirSync(join(folder, "node_modules/scheduling-safety-watch"), {
    recursive: true,
    encoding: "utf8",
  });
  expect(own).toContain("dist/index.d.ts");
  expect(own.filter((name) => /\.(node|ts)$/.test(name) && !name.endsWith(".d.ts"))).toEqual([]);
});

test("can be required by CommonJS", async () => {
  const code =
    'const { watchPool, watchTasks } = require("scheduling-safety-watch"); console.log(typeof watchPool, typeof watchTasks)';
  const ran = await runProgram(process.execPath, ["-e", code], { cwd: folder });
  expect(ran).toMatchObject({ code: 0, out: "function function\n", err: "" });
});
