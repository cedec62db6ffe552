import { execFileSync } from "node:child_process";

/** Which state of a repository a folder holds; null where it is no checkout's top, or git is not there. */
export interface Checkout {
  readonly commit: string | null;
  readonly dirty: boolean | null;
}

/** Describes the checkout whose top is a folder: a repository around it says nothing of what lies in it. */
export function describeCheckout(folder: string): Checkout {
  const isTop = git(folder, "rev-parse", "--show-cdup") === "";
  if (!isTop) return { commit: null, dirty: null };
  const status = git(folder, "status", "--porcelain", "--untracked-files=no");
  return { commit: git(folder, "rev-parse", "HEAD"), dirty: status === null ? null : status !== "" };
}

function git(folder: string, ...command: readonly string[]): string | null {
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
