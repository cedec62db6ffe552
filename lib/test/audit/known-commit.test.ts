import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { isKnownCommit } from "../../src/audit/known-commit.ts";

const folder = mkdtempSync(join(tmpdir(), "known-commit-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("a commit is known to the history that has it, unknown to others, and no question in an archive", () => {
  const archive = mkdtempSync(join(folder, "archive-"));
  expect(isKnownCommit("0".repeat(40), archive)).toBeNull();
  const checkout = mkdtempSync(join(folder, "checkout-"));
  const git = (...command: readonly string[]) =>
    execFileSync("git", ["-C", checkout, ...command], { encoding: "utf8", stdio: "pipe" }).trim();
  git("init", "-q");
  const author = ["-c", "user.name=a", "-c", "user.email=a@example.org"];
  git(...author, "commit", "-q", "--allow-empty", "-m", "first");
  expect(isKnownCommit(git("rev-parse", "HEAD"), checkout)).toBe(true);
  expect(isKnownCommit("0".repeat(40), checkout)).toBe(false);
});
