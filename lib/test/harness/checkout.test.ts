import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { describeCheckout, hasCommit } from "../../src/harness/checkout.ts";

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "checkout-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** A repository with one commit of one file. */
function repository(content: string) {
  const folder = temporaryFolder();
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.org", ...args], {
      cwd: folder,
      encoding: "utf8",
      // Nothing of the repository whose hook may run these tests, nor of the user's settings.
      env: { PATH: process.env["PATH"], HOME: folder },
    }).trim();
  git("init", "--quiet");
  writeFileSync(join(folder, "file"), content);
  git("add", "file");
  git("commit", "--quiet", "--message", "one");
  return { folder, commit: git("rev-parse", "HEAD") };
}

test("a checkout is named by its commit, and whether it was changed since", () => {
  const { folder, commit } = repository("a");
  expect(describeCheckout(folder)).toEqual({ commit, dirty: false });
  writeFileSync(join(folder, "file"), "b");
  expect(describeCheckout(folder)).toEqual({ commit, dirty: true });
});

test("git's variables name no other repository", () => {
  const { folder, commit } = repository("a");
  const other = repository("b");
  vi.stubEnv("GIT_DIR", join(other.folder, ".git"));
  onTestFinished(() => void vi.unstubAllEnvs());
  expect(describeCheckout(folder)).toEqual({ commit, dirty: false });
});

test("a repository around a folder says nothing of it", () => {
  const { folder } = repository("a");
  mkdirSync(join(folder, "within"));
  expect(describeCheckout(join(folder, "within"))).toEqual({ commit: null, dirty: null });
  expect(describeCheckout(temporaryFolder())).toEqual({ commit: null, dirty: null });
});

test("a commit is known to the history that has it, unknown to others, and no question beside a repository", () => {
  const { folder, commit } = repository("a");
  expect(hasCommit(folder, commit)).toBe(true);
  expect(hasCommit(folder, "0".repeat(40))).toBe(false);
  mkdirSync(join(folder, "archive"));
  expect(hasCommit(join(folder, "archive"), commit)).toBeNull();
});
