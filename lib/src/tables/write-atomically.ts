import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { DataError, UsageError } from "../measure/study-error.ts";

/** Suffix of a file that is still being written; such a file may be deleted at any time. */
export const asideSuffix = ".aside";

/** Writes part of `bytes` from `offset` and returns how many bytes went out, as `fs.writeSync` does. */
export type Write = (file: number, bytes: Uint8Array, offset: number) => number;

/**
 * Writes a whole file or nothing: aside, fsync, rename, fsync of the folder. A reader sees the old file or
 * the new one, whenever the process or the machine stops.
 *
 * @throws {DataError} when the disk is full.
 * @throws {UsageError} when the folder cannot be created or written to.
 */
export function writeAtomically(path: string, content: Uint8Array | string, write: Write = writeSync): void {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const folder = dirname(path);
  const aside = `${path}.${process.pid}${asideSuffix}`;
  try {
    makeFolder(folder);
    const file = openSync(aside, "w");
    try {
      for (let offset = 0; offset < bytes.length; ) offset += write(file, bytes, offset);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(aside, path);
    syncFolder(folder);
  } catch (cause) {
    removeQuietly(aside);
    throw explain(path, cause);
  }
}

/** Step by step: Node's own recursive mkdir never returns where the system answers ENOENT, as `/proc` does. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  }
}

/** Makes a rename last through a power cut. Windows cannot open folders and does not need to. */
function syncFolder(folder: string): void {
  if (process.platform === "win32") return;
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** The folder itself may be the problem; the first error is the one worth telling. */
function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {}
}

function explain(path: string, cause: unknown): Error {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  if (["ENOSPC", "EDQUOT", "EFBIG"].includes(code)) {
    return new DataError(
      `disk is full (${code}): ${path} was not written; free some space and run the same command again`,
      { cause },
    );
  }
  if (["EACCES", "EPERM", "EROFS", "ENOTDIR", "EEXIST", "ENOENT", "EISDIR"].includes(code)) {
    return new UsageError(`folder is not writable (${code}): ${dirname(path)}; choose another with --out`, {
      cause,
    });
  }
  return new DataError(`file cannot be written: ${path}; ${String(cause)}`, { cause });
}
