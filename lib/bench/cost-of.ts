import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/** What a process cost. */
export interface ProcessCost {
  readonly wallS: number;
  /** CPU time, user and system, of the process and its children (s). */
  readonly cpuS: number;
  /** Greatest memory of one of its processes (MiB). */
  readonly memoryMiB: number;
}

/** GNU time counts what Node does not tell of a child. */
const counter = "/usr/bin/time";
export const canCount: boolean = existsSync(counter);

/**
 * Runs a command to its end and returns what it cost.
 *
 * @throws {Error} with the end of what it said, when it fails.
 */
export function costOf(command: readonly string[], env: NodeJS.ProcessEnv = {}): ProcessCost {
  const { stderr, status } = spawnSync(counter, ["-f", "%U %S %e %M", ...command], {
    encoding: "utf8",
    env: { ...process.env, ...env },
    maxBuffer: 2 ** 26,
  });
  if (status !== 0) throw new Error(`${command.join(" ")} failed:\n${stderr.slice(-2000)}`);
  const numbers = (stderr.trim().split("\n").at(-1) ?? "").split(" ").map(Number);
  const [user = 0, system = 0, wallS = 0, kilobytes = 0] = numbers;
  return { wallS, cpuS: user + system, memoryMiB: kilobytes / 1024 };
}
