import { existsSync, mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { UsageError } from "./study-error.ts";

/**
 * Makes a folder and those above it, where they are missing. Step by step: Node's own recursive mkdir never returns where the
 * system answers ENOENT, as `/proc` does.
 *
 * @throws {UsageError} when the path leads through a file, or this user may make nothing there.
 */
export function makeFolder(folder: string): void {
  try {
    makeSteps(folder);
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
    if (!refusals.includes(code)) throw cause;
    throw new UsageError(`folder cannot be made (${code}): ${folder}; choose another path`, { cause });
  }
}

const refusals: readonly string[] = ["EACCES", "EEXIST", "ELOOP", "ENOENT", "ENOTDIR", "EPERM", "EROFS"];

function makeSteps(folder: string): void {
  if (isFolder(folder)) return;
  const above = dirname(folder);
  if (above !== folder) makeSteps(above);
  try {
    mkdirSync(folder);
  } catch (error) {
    if (!isFolder(folder)) throw error;
  }
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}
