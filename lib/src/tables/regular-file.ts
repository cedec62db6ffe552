import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readSync,
  type Stats,
  statSync,
} from "node:fs";
import { DataError } from "../measure/study-error.ts";

/** A file that is read piece by piece. Close it. */
export interface OpenFile {
  readonly size: number;
  /** Another file, or the same one after a write, has another version. */
  readonly version: string;
  /** Reads exactly `length` bytes. @throws {RangeError} where the file has no such piece. */
  read(offset: number, length: number): Uint8Array<ArrayBuffer>;
  close(): void;
}

/**
 * Opens a regular file for reading. Anything else would block, never end, or have effects.
 *
 * @param noun what errors call it, such as "table"
 * @throws {DataError} when it is missing, dangling, unreadable, a folder, a FIFO, a socket or a device.
 */
export function openRegularFile(path: string, noun: string, remedy: string): OpenFile {
  const file = tell(path, noun, remedy, () => {
    refuseUnlessFile(statSync(path), path, noun, remedy);
    // Without waiting: what was a file a moment ago may have been replaced by a FIFO.
    return openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  });
  const stats = fstatSync(file);
  if (!stats.isFile()) closeSync(file);
  refuseUnlessFile(stats, path, noun, remedy);
  const { size, dev, ino, mtimeMs } = stats;
  return {
    size,
    version: [dev, ino, size, mtimeMs].join(),
    read: (offset, length) => {
      if (!(offset >= 0 && length >= 0 && offset + length <= size)) {
        throw new RangeError(`piece must lie within ${size} bytes; got ${length} from ${offset}`);
      }
      const bytes = new Uint8Array(length);
      for (let at = 0; at < length; ) {
        const got = readSync(file, bytes, at, length - at, offset + at);
        if (got === 0) throw new RangeError(`file became shorter while it was read: ${path}`);
        at += got;
      }
      return bytes;
    },
    close: () => closeSync(file),
  };
}

/** Larger texts are none of ours. */
const mostTextBytes = 2 ** 26;

/** Reads a text file of at most 64 MiB. See {@link openRegularFile}. */
export function readText(path: string, noun: string, remedy: string): string {
  const file = openRegularFile(path, noun, remedy);
  try {
    if (file.size > mostTextBytes) {
      throw new DataError(`${noun} is too large: ${path} has ${file.size} bytes; ${remedy}`);
    }
    return new TextDecoder().decode(file.read(0, file.size));
  } finally {
    file.close();
  }
}

function tell<T>(path: string, noun: string, remedy: string, look: () => T): T {
  try {
    return look();
  } catch (cause) {
    if (cause instanceof DataError) throw cause;
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
    if (code !== "ENOENT")
      throw new DataError(`${noun} cannot be read (${code}): ${path}; ${remedy}`, { cause });
    const isLink = lstatSync(path, { throwIfNoEntry: false }) !== undefined;
    throw new DataError(`${noun} is ${isLink ? "a link to nothing" : "missing"}: ${path}; ${remedy}`, {
      cause,
    });
  }
}

function refuseUnlessFile(stats: Stats, path: string, noun: string, remedy: string): void {
  if (stats.isFile()) return;
  const kinds: [boolean, string][] = [
    [stats.isDirectory(), "a folder"],
    [stats.isFIFO(), "a FIFO"],
    [stats.isSocket(), "a socket"],
  ];
  const kind = kinds.find(([is]) => is)?.[1] ?? "a device";
  throw new DataError(`${noun} is not a file: ${path} is ${kind}; ${remedy}`);
}
