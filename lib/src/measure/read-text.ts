import { readFileSync } from "node:fs";

/** Reads a file of the system, trimmed; null where there is no such file. */
export function readText(path: string): string | null {
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    return null;
  }
}
