import { mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { makeFolder } from "../../src/measure/make-folder.ts";
import { UsageError } from "../../src/measure/study-error.ts";

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "make-folder-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

test("a folder is made with those above it; what is there already stays", () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "kept"), "");
  makeFolder(join(folder, "a", "b"));
  makeFolder(join(folder, "a", "b"));
  expect(statSync(join(folder, "a", "b")).isDirectory()).toBe(true);
  expect(statSync(join(folder, "kept")).isFile()).toBe(true);
});

test.runIf(process.platform === "linux")(
  "where the system makes no folders, the answer comes at once",
  () => {
    expect(() => makeFolder("/proc/x/y")).toThrow(
      new UsageError("folder cannot be made (ENOENT): /proc/x/y; choose another path"),
    );
  },
);

test("a file on the way is named as the user's mistake", () => {
  const file = join(temporaryFolder(), "file");
  writeFileSync(file, "");
  expect(() => makeFolder(file)).toThrow(`folder cannot be made (EEXIST): ${file}; choose another path`);
  expect(() => makeFolder(join(file, "a"))).toThrow(/^folder cannot be made \((EEXIST|ENOTDIR)\)/);
});

test.skipIf(process.platform === "win32")("so is a link to nothing, or to itself", () => {
  const folder = temporaryFolder();
  symlinkSync("nowhere", join(folder, "lost"));
  symlinkSync("round", join(folder, "round"));
  for (const name of ["lost", "round"])
    expect(() => makeFolder(join(folder, name))).toThrow(/^folder cannot be made \((EEXIST|ELOOP)\)/);
});
