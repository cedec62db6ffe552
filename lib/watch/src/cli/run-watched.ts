import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { listeningFile, listeningVariable } from "../attach/tell-listening.ts";
import type { WatchOptions } from "../options.ts";

const lookMs = 50;
const listenLimitMs = 60_000;
const endLimitMs = 5000;

/**
 * Runs a command with the watch attached, and ends it once the load is over; without a load it ends by itself.
 *
 * @returns what went wrong, in a sentence; null when nothing did
 */
export async function runWatched(
  command: readonly string[],
  load: string | undefined,
  folder: string,
  options: WatchOptions,
): Promise<string | null> {
  const [file, ...args] = command as readonly [string, ...string[]];
  const program = spawn(file, args, { stdio: "inherit", env: environment(folder, options) });
  const ended = endOf(program);
  if (load === undefined) return programProblem(await ended);
  const port = await Promise.race([listening(folder), ended.then(() => null)]);
  if (port === null) {
    await stop(program, ended);
    return `program did not listen on a port, so no load was run: ${command.join(" ")}`;
  }
  const filled = load.replaceAll("{port}", String(port)).replaceAll("{url}", `http://127.0.0.1:${port}`);
  const loaded = await endOf(spawn(filled, { shell: true, stdio: "inherit" }));
  await stop(program, ended);
  return loaded.problem === null && loaded.code === 0 ? null : `load failed: ${filled}: ${describe(loaded)}`;
}

interface End {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly problem: string | null;
}

function endOf(child: ChildProcess): Promise<End> {
  return new Promise((resolve) => {
    child.once("error", ({ message }) => resolve({ code: null, signal: null, problem: message }));
    child.once("exit", (code, signal) => resolve({ code, signal, problem: null }));
  });
}

function programProblem(end: End): string | null {
  return end.code === 0 ? null : `program failed: ${describe(end)}`;
}

function describe({ code, signal, problem }: End): string {
  return problem ?? (signal === null ? `exit code ${code}` : `ended by ${signal}`);
}

async function stop(program: ChildProcess, ended: Promise<End>): Promise<void> {
  if (program.exitCode !== null || program.signalCode !== null || program.pid === undefined) return;
  program.kill("SIGTERM");
  const over = await Promise.race([ended, setTimeout(endLimitMs, null, { ref: false })]);
  if (over !== null) return;
  program.kill("SIGKILL");
  await once(program, "exit");
}

/** Waits until the program tells its port; null when it takes too long. */
async function listening(folder: string): Promise<number | null> {
  for (let waitedMs = 0; waitedMs < listenLimitMs; waitedMs += lookMs) {
    try {
      return Number(readFileSync(join(folder, listeningFile), "utf8"));
    } catch {
      await setTimeout(lookMs);
    }
  }
  return null;
}

function environment(folder: string, options: WatchOptions): NodeJS.ProcessEnv {
  const register = new URL(`../register${extname(import.meta.url)}`, import.meta.url).href;
  return {
    ...process.env,
    NODE_OPTIONS: `${process.env["NODE_OPTIONS"] ?? ""} --import ${register}`.trim(),
    SCHEDULING_SAFETY_WATCH: Object.entries(options)
      .map(([name, value]) => `${name}=${value === true ? "on" : value === false ? "off" : value}`)
      .join(","),
    [listeningVariable]: folder,
  };
}
