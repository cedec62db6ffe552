import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { stateOfCheckout } from "./state-of-checkout.ts";

test("a checkout's state is its commit where files were only written anew, and else holds what was changed", () => {
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
  utimesSync(file, 1, 1);
  const state = () => stateOfCheckout(folder, join(around, "index"));
  expect(state()).toBe(git("rev-parse", "HEAD"));
  writeFileSync(file, "b");
  expect(git("show", `${state()}:file`)).toBe("b");
});
