import { execFileSync } from "node:child_process";

/** Which state of a repository a folder holds; null where it is no checkout's top, or git is not there. */
export interface Checkout {
  readonly commit: string | null;
  readonly dirty: boolean | null;
}

/** Describes the checkout whose top is a folder: a repository around it says nothing of what lies in it. */
export function describeCheckout(folder: string): Checkout {
  if (!isCheckout(folder)) return { commit: null, dirty: null };
  const status = askGit(folder, "status", "--porcelain", "--untracked-files=no");
  return { commit: askGit(folder, "rev-parse", "HEAD"), dirty: status === null ? null : status !== "" };
}

/**
 * Tells whether the history of the checkout whose top is a folder has a commit; null where that cannot be told: in an archive,
 * without git, or in a clone that was cut short.
 */
export function hasCommit(folder: string, commit: string): boolean | null {
  if (!isCheckout(folder) || askGit(folder, "rev-parse", "--is-shallow-repository") !== "false") return null;
  return askGit(folder, "cat-file", "-e", `${commit}^{commit}`) !== null;
}

function isCheckout(folder: string): boolean {
  return askGit(folder, "rev-parse", "--show-cdup") === "";
}

/** Null where git is not there, or refuses. */
function askGit(folder: string, ...command: readonly string[]): string | null {
  // Git's own variables would name another repository, as they do within its hooks.
  const own = Object.entries(process.env).filter(([name]) => !/^GIT_/i.test(name));
  try {
    return execFileSync("git", command, {
      cwd: folder,
      encoding: "utf8",
      env: Object.fromEntries(own),
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    return null;
  }
}
