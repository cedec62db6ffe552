import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { checksums, compareChecksums } from "../../src/publish/checksums.ts";

// printf hello | sha256sum
const HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

test("lists files and the files of folders, sorted, as sha256sum does", async () => {
  const folder = mkdtempSync(join(tmpdir(), "checksums-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, "b", "c"), { recursive: true });
  for (const name of ["z", "a", "b/c/d", "not listed"]) writeFileSync(join(folder, name), "hello");
  expect(await checksums(folder, ["z", "b", "a"])).toBe(`${HELLO}  a\n${HELLO}  b/c/d\n${HELLO}  z\n`);
});

test("names every file that differs, is missing or is not listed", () => {
  const line = (digit: string, name: string) => `${digit.repeat(64)}  ${name}\n`;
  const expected = line("1", "same") + line("2", "changed") + line("3", "gone");
  const actual = line("1", "same") + line("4", "changed") + line("5", "new");
  expect(() => compareChecksums(actual, expected, "SHA256SUMS")).toThrow(
    "SHA256SUMS: content must be what the reference data give, byte for byte; gone is missing; new is not listed; changed differs",
  );
  expect(compareChecksums(expected, expected, "SHA256SUMS")).toBeUndefined();
});
