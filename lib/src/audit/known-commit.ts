import { execFileSync } from "node:child_process";
import { projectRoot } from "../measure/project-root.ts";

/**
 * Tells whether the history of this checkout has a commit; null where that cannot be told: in an archive, without git, or in a
 * clone that was cut short.
 */
export function isKnownCommit(commit: string, root = projectRoot): boolean | null {
  const git = (...command: readonly string[]) =>
    execFileSync("git", ["-C", root, ...command], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  try {
    if (git("rev-parse", "--is-shallow-repository") === "true") return null;
  } catch {
    return null;
  }
  try {
    git("cat-file", "-e", `${commit}^{commit}`);
    return true;
  } catch {
    return false;
  }
}
