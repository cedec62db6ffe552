import { readdirSync, readlinkSync, realpathSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { PostgresBinaries } from "./postgres-binaries.ts";

/**
 * Ends what a server that was killed left at work over its data. Its processes end by themselves once they notice, but one
 * that is stopped, or waits for a lock that was killed with its holder, never does. Where the system does not show what a
 * process runs, and where, none is found.
 */
export async function endLeftProcesses({ postgres }: PostgresBinaries, data: string): Promise<void> {
  const [program, folder] = [realpathSync(postgres), realpathSync(data)];
  const isLeft = (pid: string) => linkOf(pid, "exe") === program && linkOf(pid, "cwd") === folder;
  // A process that is killed is still seen for a moment; one that may not be killed is left alone.
  for (let tries = 0; tries < 100; tries++) {
    const killed = pids().filter((pid) => isLeft(pid) && kill(Number(pid)));
    if (killed.length === 0) return;
    await sleep(10);
  }
}

function pids(): string[] {
  try {
    return readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}

function linkOf(pid: string, name: "cwd" | "exe"): string | null {
  try {
    return readlinkSync(`/proc/${pid}/${name}`);
  } catch {
    return null;
  }
}

function kill(pid: number): boolean {
  try {
    return process.kill(pid, "SIGKILL");
  } catch {
    return false;
  }
}
