import { execFileSync } from "node:child_process";

/**
 * Returns what to put before a command so that the kernel ends it when the process that started it dies, however it dies;
 * empty where the system has no such thing, which is Linux's alone.
 *
 * @see https://man7.org/linux/man-pages/man2/pr_set_pdeathsig.2const.html
 */
export function parentDeathPrefix(signal: "KILL" | "INT", options: readonly string[] = []): string[] {
  isKnown ??= isAvailable();
  return isKnown ? ["setpriv", ...options, "--pdeathsig", signal, "--"] : [];
}

let isKnown: boolean | undefined;

function isAvailable(): boolean {
  try {
    execFileSync("setpriv", ["--pdeathsig", "INT", "true"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
