import { execFileSync } from "node:child_process";
import { cpSync, utimesSync } from "node:fs";
import { resolve } from "node:path";

/**
 * Names a commit that holds a checkout as it is, with what was changed and not yet committed.
 *
 * @param index file that the state is worked out in: whatever else asks git for it meanwhile locks the usual one
 */
export function stateOfCheckout(checkout: string, index: string): string {
  const git = (...args: string[]) =>
    execFileSync("git", args, {
      cwd: checkout,
      encoding: "utf8",
      env: { ...process.env, GIT_INDEX_FILE: index },
    }).trim();
  cpSync(resolve(checkout, git("rev-parse", "--git-dir"), "index"), index);
  // Git takes for unchanged what is older than its index, and a copy is younger than what it was copied from.
  utimesSync(index, 1, 1);
  // Else files that were written anew, and are the same, count as changed until it turns out that they are not, which fails.
  git("status", "--porcelain");
  return git("stash", "create") || git("rev-parse", "HEAD");
}
