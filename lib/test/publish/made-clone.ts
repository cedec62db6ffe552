import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import { projectRoot } from "../../src/measure/project-root.ts";

/** What the notebooks hand on. */
export const VALUES = ".cache/editions/reference/values.json";
/** What the article consists of. */
export const OUTPUTS = ["index.html", "article.pdf", "figs/one.svg"].map((name) => `article/build/${name}`);
/** Stands for the study: makes what the notebooks and the article make. */
export const NODE = `case "$*" in
  *notebooks) made=${VALUES};;
  *article) made="${OUTPUTS.join(" ")} article/SHA256SUMS"; rm -rf article/build;;
esac
for file in $made; do mkdir -p "$(dirname $file)"; echo made > $file; done`;
/** The folder of a test's clone, which holds the Makefile and what the test puts there. */
export let clone = "";

/** Gives each test of a file a clone of its own. */
export function useClones(): void {
  beforeEach(() => {
    // With what a shell would split, or take for two.
    clone = mkdtempSync(join(tmpdir(), "set up-"));
    cpSync(join(projectRoot, "Makefile"), join(clone, "Makefile"));
  });
  afterEach(() => rmSync(clone, { recursive: true }));
}

/** Runs make, and gives what it says. */
export function make(args: readonly string[], env: NodeJS.ProcessEnv = {}): string {
  return execFileSync("make", args, {
    cwd: clone,
    encoding: "utf8",
    env: { ...process.env, MAKEFLAGS: "", ...env },
    stdio: ["ignore", "pipe", "ignore"],
  });
}

/** What a make that may fail says, and how it ends. */
export function ending(args: readonly string[], env: NodeJS.ProcessEnv) {
  const { status, stdout, stderr } = spawnSync("make", args, {
    cwd: clone,
    encoding: "utf8",
    env: { ...process.env, MAKEFLAGS: "", ...env },
  });
  return { status, stdout, stderr };
}

/** Puts a shell script into the clone. */
export function program(name: string, ...lines: readonly string[]): void {
  put(name, ["#!/bin/sh", ...lines, ""].join("\n"));
  chmodSync(join(clone, name), 0o755);
}

/** Puts a file into the clone. */
export function put(name: string, text = ""): void {
  mkdirSync(dirname(join(clone, name)), { recursive: true });
  writeFileSync(join(clone, name), text);
}

/** A clone in which everything is installed and made. */
export function finishedClone(): void {
  const made = [
    ...["package.json", "package-lock.json", "lib/package.json", "lib/tsconfig.json", "tsconfig.json"],
    ...["lib/watch/package.json", "lib/watch/tsconfig.json", "lib/watch/src/a.ts"],
    ...[
      "lib/requirements.txt",
      "requirements-lab.txt",
      "article/article.md",
      "article/front.md",
      "article/references.bib",
    ],
    ...["article/sections/a.md", "article/listings/a.ts"],
    ...["lib/src/a.ts", "article/template/a.css", "data/reference/a", "data/published/a"],
    "node_modules/.package-lock.json",
    ...["library", "kernel"].map((name) => `.cache/stamps/${name}`),
  ];
  for (const [second, name] of made.entries()) {
    put(name);
    utimesSync(join(clone, name), second, second);
  }
  program("node_modules/.bin/node", NODE);
  make(["article"]);
}
