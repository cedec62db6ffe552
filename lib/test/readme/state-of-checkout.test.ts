import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { stateOfCheckout } from "./state-of-checkout.ts";

/** A repository with one committed file, and ways to ask for its state and to give git commands there. */
function repository() {
  const around = mkdtempSync(join(tmpdir(), "checkout-"));
  onTestFinished(() => rmSync(around, { recursive: true }));
  const folder = join(around, "repository");
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.org", "-C", folder, ...args], {
      encoding: "utf8",
    }).trim();
  execFileSync("git", ["init", "--quiet", folder]);
  const file = join(folder, "file");
  writeFileSync(file, "a");
  git("add", "file");
  git("commit", "--quiet", "--message", "one");
  return {
    git,
    file,
    index: join(folder, ".git/index"),
    state: () => stateOfCheckout(folder, join(around, "index")),
  };
}

test("a checkout's state is its commit where files were only written anew, and else holds what was changed", () => {
  const { git, file, state } = repository();
  utimesSync(file, 1, 1);
  expect(state()).toBe(git("rev-parse", "HEAD"));
  writeFileSync(file, "b");
  expect(git("show", `${state()}:file`)).toBe("b");
});

test("a checkout's state holds what was changed in the moment of the last commit, and is as long as it was", () => {
  const { git, file, index, state } = repository();
  git("config", "core.trustctime", "false");
  const moment = new Date("2026-01-01T00:00:00Z");
  utimesSync(file, moment, moment);
  git("update-index", "--refresh");
  utimesSync(index, moment, moment);
  writeFileSync(file, "b");
  utimesSync(file, moment, moment);
  expect(git("show", `${state()}:file`)).toBe("b");
});
