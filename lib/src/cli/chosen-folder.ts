import { readdirSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { UsageError } from "../measure/study-error.ts";

/**
 * Resolves a folder that an option or argument names.
 *
 * @throws {UsageError} when the text is empty, as from a variable that is not set.
 */
export function namedFolder(option: string, text: string): string {
  if (text.trim() !== "") return resolve(text);
  throw new UsageError(`${option} must name a folder; got an empty text`);
}

/**
 * Resolves a folder that must be there and be readable.
 *
 * @throws {UsageError} when it is missing, no folder, or closed to this user.
 */
export function existingFolder(option: string, text: string): string {
  const folder = namedFolder(option, text);
  const kind = statSync(folder, { throwIfNoEntry: false });
  if (kind === undefined) throw new UsageError(`folder is missing: ${folder}; pass a folder of a data set`);
  if (!kind.isDirectory()) throw new UsageError(`no folder: ${folder}; pass a folder of a data set`);
  try {
    readdirSync(folder);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new UsageError(`folder cannot be read (${code}): ${folder}; correct its permissions`, { cause });
  }
  return folder;
}
