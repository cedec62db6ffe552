#!/usr/bin/env node
// npm links a command at install, before anything is built, and only if its file is there: this one always is.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync, utimesSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const packageFolder = join(import.meta.dirname ?? dirname(fileURLToPath(import.meta.url)), "..");
const main = join(packageFolder, "dist", "cli", "main.js");
/** The library imports the watch, which lies within it. */
const parts = [join(packageFolder, "watch"), packageFolder];

if (!existsSync(main) || parts.some(isOutdated)) build();
await import(main);

/** In a clone whose sources have changed since: what is measured must not be told as theirs. A published package has none. */
function isOutdated(folder) {
  const sources = join(folder, "src");
  if (!existsSync(join(folder, "tsconfig.json")) || !existsSync(sources)) return false;
  const built = statSync(buildInfo(folder), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return readdirSync(sources, { recursive: true }).some((path) => {
    const { mtimeMs } = statSync(join(sources, path));
    return mtimeMs > built;
  });
}

function buildInfo(folder) {
  return join(folder, "dist", ".tsbuildinfo");
}

/** In a clone; a published package brings its build. */
function build() {
  process.stderr.write("building the library\n");
  const began = new Date();
  const manifest = createRequire(import.meta.url).resolve("typescript/package.json");
  const compiler = join(dirname(manifest), "bin", "tsc");
  const built = parts.every(
    (folder) =>
      spawnSync(process.execPath, [compiler, "-p", folder], { stdio: ["ignore", 2, 2] }).status === 0,
  );
  if (built) {
    // The compiler leaves it as it is where no output differs.
    for (const folder of parts) utimesSync(buildInfo(folder), began, began);
    return;
  }
  process.stderr.write(
    "error: library cannot be built; correct what the compiler says above, or run `make`\n",
  );
  process.exit(1);
}
