#!/usr/bin/env node
// npm links a command at install, before anything is built, and only if its file is there: this one always is.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const packageFolder = join(import.meta.dirname ?? dirname(fileURLToPath(import.meta.url)), "..");
const main = join(packageFolder, "dist", "cli", "main.js");

if (!existsSync(main)) build();
await import(main);

/** In a clone that was never built; a published package brings its build. */
function build() {
  process.stderr.write("building the library, once\n");
  const manifest = createRequire(import.meta.url).resolve("typescript/package.json");
  const compiler = join(dirname(manifest), "bin", "tsc");
  // The library imports the watch, which lies within it.
  const built = [join(packageFolder, "watch"), packageFolder].every(
    (folder) =>
      spawnSync(process.execPath, [compiler, "-p", folder], { stdio: ["ignore", 2, 2] }).status === 0,
  );
  if (built) return;
  process.stderr.write(
    "error: library cannot be built; correct what the compiler says above, or run `make`\n",
  );
  process.exit(1);
}
