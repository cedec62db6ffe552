import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";

/** A text that stands in the environment of a program started so, and of all that it starts. */
export interface Mark {
  readonly text: string;
  /** The rest of the environment is kept from runs; a folder on the path that is not there harms nobody. */
  readonly env: { readonly PATH: string };
}

/** Makes a mark like no other. */
export function newMark(path = process.env["PATH"] ?? ""): Mark {
  const text = `/marked-${randomUUID()}`;
  return { text, env: { PATH: `${path}:${text}` } };
}

/** Whether this system shows the environment of processes; elsewhere nothing can be counted. */
export const canCount = process.platform === "linux";

/** Lists the processes whose environment holds this text, whoever their parents are by now; those of a program, if one is named. */
export function marked(text: string, program = ""): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => read(pid, "environ").includes(text) && read(pid, "cmdline").includes(program))
    .map(Number);
}

/** Lists the processes that this one started and has not outlived. */
export function childrenOf(parent: number): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => /^PPid:\s*(\d+)$/m.exec(read(pid, "status"))?.[1] === String(parent))
    .map(Number);
}

/** Whether a process has ended, though whoever adopted it may not have looked yet. */
export function hasEnded(pid: number): boolean {
  return /^State:\s*[^ZX\s]/m.exec(read(String(pid), "status")) === null;
}

/** Lists the TCP ports that something listens on, on this machine. */
export function listening(): number[] {
  const lines = ["tcp", "tcp6"].flatMap((name) => read("net", name).split("\n").slice(1));
  const sockets = lines.map((line) => line.trim().split(/\s+/));
  return sockets
    .filter(([, , , state]) => state === "0A")
    .map(([, address = ""]) => Number.parseInt(address.split(":").at(-1) ?? "", 16));
}

/** A zombie has ended and holds nothing; only its parent has not looked yet. */
function read(...path: readonly string[]): string {
  try {
    return readFileSync(["/proc", ...path].join("/"), "utf8");
  } catch {
    return "";
  }
}
