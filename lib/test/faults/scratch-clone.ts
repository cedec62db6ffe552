import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { projectRoot } from "../../src/measure/project-root.ts";

/** Whether there is what a clone borrows: the files in version control, the build, and the notebooks' Python. */
export function canClone(): boolean {
  return [".git", ".venv", "lib/dist"].every((name) => existsSync(join(projectRoot, name)));
}

/**
 * Makes a clone of the working tree that has nothing to install or to compile: packages and Python are links to the
 * project's, the build is a copy. What its commands write stays in it.
 */
export function scratchClone(folder: string): void {
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: projectRoot,
    encoding: "utf8",
  });
  const files = listed.split("\0").filter((name) => name !== "" && !name.startsWith("lib/test/"));
  for (const name of [...files, "lib/dist", "lib/watch/dist"]) {
    mkdirSync(join(folder, dirname(name)), { recursive: true });
    cpSync(join(projectRoot, name), join(folder, name), { recursive: true, preserveTimestamps: true });
  }
  const workspaces = ["scheduling-safety", "scheduling-safety-watch"];
  linkAll("node_modules", folder, [...workspaces, ".package-lock.json"]);
  for (const [i, place] of ["lib", "lib/watch"].entries()) {
    symlinkSync(join(folder, place), join(folder, "node_modules", workspaces[i] as string));
  }
  linkAll(".venv", folder, ["share"]);
  const made = ["node_modules/.package-lock.json", ".cache/stamps/library", ".cache/stamps/kernel"];
  for (const [i, name] of made.entries()) {
    mkdirSync(join(folder, dirname(name)), { recursive: true });
    writeFileSync(join(folder, name), "");
    const later = Date.now() / 1000 + i;
    utimesSync(join(folder, name), later, later);
  }
  execFileSync("node", ["lib/dist/publish/setup-notebooks.js", "lib/requirements.txt"], { cwd: folder });
}

function linkAll(name: string, folder: string, except: readonly string[]): void {
  mkdirSync(join(folder, name));
  for (const entry of readdirSync(join(projectRoot, name)).filter((each) => !except.includes(each))) {
    symlinkSync(join(projectRoot, name, entry), join(folder, name, entry));
  }
}
