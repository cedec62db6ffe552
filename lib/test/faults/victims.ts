import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { onTestFinished } from "vitest";
import { seededRandom } from "../../src/stats/random.ts";
import { newMark } from "./marked-processes.ts";

/** A program under way that is going to be killed, and how to find all that it started. */
export interface Victim {
  readonly program: ChildProcess;
  /** Text in the environment of each of its processes. */
  readonly mark: string;
}

/** How much is killed: nothing beyond the usual tests, a few processes in `make faults`, or hundreds. */
export const faults = process.env["FAULTS"] ?? "";

/** Draws the moments; another seed draws others. */
export const random: () => number = seededRandom(Number(process.env["FAULTS_SEED"] ?? 1));

/** Starts a program whose processes are marked. */
export function startVictim(command: readonly string[], options: SpawnOptions = {}): Victim {
  const mark = newMark(options.env?.["PATH"]);
  const [file = "", ...args] = command;
  const program = spawn(file, args, {
    stdio: "ignore",
    ...options,
    env: { ...process.env, ...options.env, ...mark.env },
  });
  return { program, mark: mark.text };
}

/** Waits for something that has no event; a test that waits in vain fails by its time limit. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(20);
}

/** Makes a folder that goes with the test, open to the user that a database runs as. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "faults-"));
  chmodSync(folder, 0o755);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
