import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DataError, UsageError } from "../../src/measure/study-error.ts";
import { type Write, writeAtomically } from "../../src/tables/write-atomically.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "write-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A disk that has room for a number of bytes. */
function diskWithRoom(bytes: number): Write {
  let room = bytes;
  return (file, data, offset) => {
    if (room === 0) throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
    const written = writeSync(file, data, offset, Math.min(room, data.length - offset));
    room -= written;
    return written;
  };
}

describe("a file is written whole or not at all", () => {
  test("into folders that do not exist yet", () => {
    writeAtomically(join(folder, "a", "b", "file"), "content");
    expect(readFileSync(join(folder, "a", "b", "file"), "utf8")).toBe("content");
  });

  test("when the system takes a few bytes at a time", () => {
    writeAtomically(join(folder, "file"), "content", (file, data, offset) =>
      writeSync(file, data, offset, 1),
    );
    expect(readFileSync(join(folder, "file"), "utf8")).toBe("content");
  });

  test("when the disk runs full: the old file stays, nothing else does", () => {
    writeFileSync(join(folder, "file"), "old");
    expect(() => writeAtomically(join(folder, "file"), "new content", diskWithRoom(4))).toThrow(DataError);
    expect(readFileSync(join(folder, "file"), "utf8")).toBe("old");
    expect(readdirSync(folder)).toEqual(["file"]);
  });

  test("the error says what to do about a full disk", () => {
    expect(() => writeAtomically(join(folder, "file"), "new", diskWithRoom(0))).toThrow(
      /full.*free some space/,
    );
  });

  test("a folder that cannot be made is the user's mistake, with a remedy", () => {
    writeFileSync(join(folder, "plain"), "");
    const write = () => writeAtomically(join(folder, "plain", "sub", "file"), "content");
    expect(write).toThrow(UsageError);
    expect(write).toThrow(/not writable.*--out/);
  });
});
