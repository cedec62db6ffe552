import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { listeningVariable } from "../src/attach/tell-listening.ts";

export interface Ran {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

const register = new URL("../src/register.ts", import.meta.url).href;

/**
 * Who held the workers of `starved-app.mjs`, as a line says it when it is over. As the hold ends, the task that waited first may
 * sit on the freed worker without a core while the other worker is still held.
 */
export const parkHeld =
  "(?:task `park`|tasks `park` \\((?:[5-9]\\d|100) %\\), `quick` \\(\\d+ %\\)) held 2 of 2 workers of pool `app-tasks`";

/**
 * Runs a fixture under the watch, with these options of it and these arguments. As where it is checked, its end waits until all is
 * written: a busy host may need longer than the moment that other programs are held up for.
 */
export function runWatched(
  fixture: string,
  options: string,
  args: readonly string[] = [],
  surroundings: Surroundings = {},
): Promise<Ran> {
  const env = { [listeningVariable]: tmpdir(), ...surroundings.env, SCHEDULING_SAFETY_WATCH: options };
  const command = ["--import", register, fixturePath(fixture), ...args];
  return runProgram(process.execPath, command, { ...surroundings, env });
}

/** Runs the command line from its source. */
export function runCommand(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  return runNode([fixturePath("command.ts"), ...args], env);
}

export function fixturePath(name: string): string {
  return fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url));
}

export function runNode(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  return runProgram(process.execPath, args, { env });
}

interface Surroundings {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** What happens while the program runs. */
  readonly meanwhile?: (child: ChildProcess) => Promise<void>;
}

/** Runs a program to its end and keeps what it wrote. */
export async function runProgram(
  file: string,
  args: readonly string[],
  { cwd, env = {}, meanwhile }: Surroundings = {},
): Promise<Ran> {
  const child = spawn(file, args, {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    ...(cwd === undefined ? {} : { cwd }),
  });
  const [out, err, [code, signal]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "exit"),
    meanwhile?.(child),
  ]);
  return { code, signal, out, err };
}
