import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { isInstalled, projectRoot } from "../measure/project-root.ts";
import { DataError } from "../measure/study-error.ts";

/**
 * Names the folder that notebooks read: `SCHEDULING_SAFETY_DATA`, or else the reference data; in a project that only
 * installed this package and has none, what was measured last.
 *
 * @throws {DataError} when there is no such folder, or more than one reference to choose from.
 */
export function dataFolder({ SCHEDULING_SAFETY_DATA: chosen } = process.env): string {
  if (chosen) {
    const folder = resolve(projectRoot, chosen);
    if (existsSync(folder)) return folder;
    throw new DataError(
      `data folder is missing: ${folder}; correct SCHEDULING_SAFETY_DATA or run \`make data\``,
    );
  }
  const references = join(projectRoot, "data", "reference");
  const hosts = existsSync(references) ? readdirSync(references).filter((name) => !name.startsWith(".")) : [];
  const [host] = hosts;
  if (hosts.length === 1 && host !== undefined) return join(references, host);
  const local = join(projectRoot, "data", "local");
  if (isInstalled && hosts.length === 0 && existsSync(local)) return local;
  const found = hosts.length === 0 ? "none" : hosts.join(", ");
  throw new DataError(
    `reference data must be one folder under ${references}; found ${found}; choose one with SCHEDULING_SAFETY_DATA`,
  );
}
