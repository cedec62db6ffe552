import { cpSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../../src/measure/project-root.ts";
import { clone, ending, program, put, useClones } from "./made-clone.ts";

useClones();

/** A clone of which nothing is made yet, and the versions of Node and npm that no registry has. */
function freshClone(study: string): NodeJS.ProcessEnv {
  for (const name of [".ci", "tree/node_modules/.bin", "outside"])
    mkdirSync(join(clone, name), { recursive: true });
  cpSync(join(projectRoot, ".ci", "matrix"), join(clone, ".ci", "matrix"));
  program("bin/npm", "echo no such version >&2; exit 1");
  program("bin/git", `exec tar -c -C "${clone}/tree" .`);
  put("tree/Makefile", ".cache/stamps/kernel:\n\t@echo tree $(CURDIR)\narticle:\n\t@node -p 1\n");
  program("tree/node_modules/.bin/scheduling-safety", study);
  return { PATH: `${clone}/bin:${process.env["PATH"]}`, TMPDIR: `${clone}/outside` };
}
const before = () => readdirSync(clone, { recursive: true }).sort();

test("make matrix refuses an unknown cell in a sentence, and touches nothing", () => {
  const env = freshClone("");
  const there = before();
  const { status, stderr } = ending(["matrix", "CELLS=umask-077 nonsense"], env);
  expect(status).toBe(2);
  expect(stderr).toMatch(/^error: cell is unknown: nonsense; choose from node-20\.19 .* user-settings$/m);
  expect(stderr).not.toContain("mktemp");
  expect(before()).toEqual(there);
});

test("make matrix stops where it gets no folder of its own", () => {
  const env = { ...freshClone(""), TMPDIR: `${clone}/nowhere` };
  const there = before();
  const { status, stdout, stderr } = ending(["matrix", "CELLS=umask-077"], env);
  expect([status, stdout]).toEqual([2, expect.not.stringContaining("umask-077:")]);
  expect(stderr).toContain("mktemp");
  expect(before()).toEqual(there);
});

test("make matrix sets cells up outside the clone's .cache, tells what cannot be had, and leaves nothing", () => {
  const env = freshClone("echo $PWD >> $TREES");
  const { status, stdout } = ending(["matrix"], { ...env, TREES: `${clone}/trees` });
  expect(status).toBe(0);
  expect(stdout).toContain("node-22: could not be had\n");
  expect(stdout).toContain("umask-077: passed\nuser-settings: passed\n");
  const trees = readFileSync(join(clone, "trees"), "utf8").trim().split("\n");
  expect(trees.filter((tree) => !tree.startsWith(`${clone}/outside/matrix-`))).toEqual([]);
  expect(readdirSync(join(clone, "outside"))).toEqual([]);
});

test("make matrix builds the article where each Node that starts has something to say", () => {
  const env = freshClone("");
  put("tree/Makefile", ".cache/stamps/kernel:\narticle:\n\tnode -p 1; exit 1\n");
  const { status, stdout } = ending(["matrix", "CELLS=user-settings"], env);
  expect(status).toBe(2);
  expect(stdout).toContain("a line of the user's");
});

test("make matrix fails where a cell that was named cannot be had", () => {
  const { status, stdout } = ending(["matrix", "CELLS=npm-10 umask-077"], freshClone(""));
  expect(status).toBe(2);
  expect(stdout).toContain("npm-10: could not be had\nno such version\numask-077: passed\n");
});

test.each([1, 2, 3])(
  "make matrix takes exit code %i of the study for a failure of that cell alone",
  (code) => {
    const study = `[ "$1" != notebooks ] || [ $(umask) != 0077 ] || { echo ended badly; exit ${code}; }`;
    const { status, stdout } = ending(["matrix", "CELLS=umask-077 user-settings"], freshClone(study));
    expect(status).toBe(2);
    expect(stdout).toMatch(/^umask-077: failed\n.*ended badly\nuser-settings: passed$/ms);
  },
);
