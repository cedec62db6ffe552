#!/usr/bin/env node
// npm links a command at install, before anything is built, and only if its file is there: this one always is.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const packageFolder = join(import.meta.dirname ?? dirname(fileURLToPath(import.meta.url)), "..");
const main = join(packageFolder, "dist", "cli", "main.js");

if (!existsSync(main)) {
  process.stderr.write("building the library, once\n");
  for (const folder of [join(packageFolder, "watch"), packageFolder]) build(folder);
}
await import(main);

/** In a clone that was never built; a published package brings its build. */
function build(folder) {
  const manifest = createRequire(import.meta.url).resolve("typescript/package.json");
  const compiler = join(dirname(manifest), "bin", "tsc");
  const { status } = spawnSync(process.execPath, [compiler, "-p", folder], {
    stdio: ["ignore", 2, 2],
  });
  if (status === 0) return;
  process.stderr.write(
    "error: library cannot be built; correct what the compiler says above, or run `make`\n",
  );
  process.exit(1);
}
