import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setImmediate, setTimeout } from "node:timers/promises";
import { listeningFile, listeningVariable } from "../attach/tell-listening.ts";
import { entryBeside } from "../entry-beside.ts";
import type { WatchOptions } from "../options.ts";

const lookMs = 50;
const listenLimitMs = 60_000;
/** Longer than a checked program takes to write the end of its trace, at most. */
const endLimitMs = 11_000;
/** A shell that is ended leaves what it started, unless that is a group of its own; Windows has none. */
const hasGroups = process.platform !== "win32";

/**
 * Runs a command with the watch attached, and ends it once the load is over; without a load it ends by itself.
 *
 * @param interrupted ends command and load, with all that they started
 * @returns what went wrong, in a sentence; null when nothing did
 */
export async function runWatched(
  command: readonly string[],
  load: string | undefined,
  folder: string,
  options: WatchOptions,
  interrupted: AbortSignal,
): Promise<string | null> {
  const [file, ...args] = command as readonly [string, ...string[]];
  const program = spawn(file, args, {
    stdio: "inherit",
    env: environment(folder, options),
    detached: hasGroups,
  });
  const ended = endOf(program, interrupted);
  if (load === undefined) {
    const end = await ended;
    if (interrupted.aborted) await endGroup(program);
    return end.code === 0 ? null : `program failed: ${describe(end)}`;
  }
  const port = await listening(folder, ended);
  if (port === null || interrupted.aborted) {
    await endGroup(program);
    return `program did not listen on a port, so no load was run: ${command.join(" ")}`;
  }
  const filled = load.replaceAll("{port}", String(port)).replaceAll("{url}", `http://127.0.0.1:${port}`);
  const loading = spawn(filled, { shell: true, stdio: "inherit", detached: hasGroups });
  const loaded = await endOf(loading, interrupted);
  // Where both have ended in one turn of the loop, the program's end is heard by the next.
  const early = await Promise.race([ended, setImmediate(null)]);
  await Promise.all([loading, program].map(endGroup));
  if (early !== null) return `program ended before the load did: ${describe(early)}`;
  return loaded.problem === null && loaded.code === 0 ? null : `load failed: ${filled}: ${describe(loaded)}`;
}

interface End {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly problem: string | null;
}

function endOf(child: ChildProcess, interrupted: AbortSignal): Promise<End> {
  return new Promise((resolve) => {
    child.once("error", ({ message }) => resolve({ code: null, signal: null, problem: message }));
    child.once("exit", (code, signal) => resolve({ code, signal, problem: null }));
    interrupted.addEventListener("abort", () =>
      resolve({ code: null, signal: null, problem: "interrupted" }),
    );
  });
}

function describe({ code, signal, problem }: End): string {
  return problem ?? (signal === null ? `exit code ${code}` : `ended by ${signal}`);
}

/** Ends a command with all that it started, by force at last; itself first: it knows how to end what it started. */
async function endGroup(child: ChildProcess): Promise<void> {
  const { pid } = child;
  if (pid === undefined) return;
  const group = hasGroups ? -pid : pid;
  if (child.kill(0)) await signalUntilEnded(pid, "SIGTERM");
  await signalUntilEnded(group, "SIGTERM");
  await signalUntilEnded(group, "SIGKILL");
}

/** Not for ever: in a container whose first process does not look after orphans, they stay when they have ended. */
async function signalUntilEnded(target: number, signal: NodeJS.Signals): Promise<void> {
  try {
    process.kill(target, signal);
    for (let waitedMs = 0; waitedMs < endLimitMs; waitedMs += lookMs) {
      await setTimeout(lookMs);
      process.kill(target, 0);
    }
  } catch {
    // All of it has ended.
  }
}

/** Waits until the program tells its port; null when it ends before or takes too long. */
async function listening(folder: string, ended: Promise<End>): Promise<number | null> {
  for (let waitedMs = 0; waitedMs < listenLimitMs; waitedMs += lookMs) {
    try {
      return Number(readFileSync(join(folder, listeningFile), "utf8"));
    } catch {
      const over = await Promise.race([ended, setTimeout(lookMs, null)]);
      if (over !== null) return null;
    }
  }
  return null;
}

function environment(folder: string, options: WatchOptions): NodeJS.ProcessEnv {
  const register = entryBeside(import.meta.url, "../register").href;
  return {
    ...process.env,
    NODE_OPTIONS: `${process.env["NODE_OPTIONS"] ?? ""} --import ${register}`.trim(),
    SCHEDULING_SAFETY_WATCH: Object.entries(options)
      .map(([name, value]) => `${name}=${value === true ? "on" : value === false ? "off" : value}`)
      .join(","),
    [listeningVariable]: folder,
  };
}
