import { fork } from "node:child_process";
import { chmodSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { entryBeside } from "../measure/entry-beside.ts";
import { makeHeldFolder } from "../measure/held-folder.ts";
import { parentDeathPrefix } from "../measure/parent-death.ts";
import { parseData } from "../measure/parse-json.ts";
import { DataError, UsageError } from "../measure/study-error.ts";
import { runEnvironment } from "./run-environment.ts";
import { type RunRequest, runMessage, writeFailure } from "./run-messages.ts";

/** How a run's process ended. */
export type RunEnd =
  | { readonly kind: "finished" }
  | { readonly kind: "stopped" }
  | { readonly kind: "time limit"; readonly wallMs: number }
  | { readonly kind: "crash"; readonly wallMs: number; readonly how: string; readonly output: string };

const entry = fileURLToPath(entryBeside(import.meta.url, "run-process"));

/** Characters kept of what a process says on stderr. */
const outputLimit = 4000;
/** How long a run's process may have ended before what it started and left is no longer listened to (ms). */
const lastWordsMs = 5000;

/**
 * Does one run in a fresh process, which is killed at the time limit or when the signal aborts.
 *
 * @param node path of the runtime, and its flags
 * @throws {DataError} when the disk is full.
 * @throws {UsageError} when the folder is not writable.
 */
export function runJob(
  request: RunRequest,
  node: readonly string[],
  timeLimitMs: number,
  signal: AbortSignal,
): Promise<RunEnd> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    // A run that spins hears nothing of a killed campaign: the kernel has to end it.
    const [program, ...start] = [...parentDeathPrefix("KILL"), ...node];
    // What a run leaves behind there goes with it, and what it sweeps there is only its own.
    const scratch = makeHeldFolder("run");
    // A server that must not run as root has its own folder within.
    chmodSync(scratch.path, 0o711);
    const child = fork(entry, {
      stdio: ["ignore", "ignore", "pipe", "ipc"],
      execPath: program,
      execArgv: start,
      env: { ...runEnvironment(), TMPDIR: scratch.path },
    });
    let timedOut = false;
    let output = "";
    let told: unknown;
    let silence: NodeJS.Timeout | undefined;

    const kill = () => child.kill("SIGKILL");
    const timer = setTimeout(() => {
      timedOut = true;
      kill();
    }, timeLimitMs);
    signal.addEventListener("abort", kill, { once: true });
    if (signal.aborted) kill();

    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      output = (output + text).slice(-outputLimit);
    });
    child.on("message", (message) => {
      told = message;
    });
    const tidy = () => {
      scratch.remove();
      clearTimeout(timer);
      clearTimeout(silence);
      signal.removeEventListener("abort", kill);
    };
    child.on("error", (error) => {
      tidy();
      reject(error);
    });
    // Whatever a run left holds its stderr: the campaign goes on without it.
    child.on("exit", () => {
      silence = setTimeout(() => child.stderr?.destroy(), lastWordsMs);
    });
    child.on("close", (code, killer) => {
      tidy();
      const wallMs = performance.now() - began;
      if (told !== undefined) resolve(Promise.try(refuse, told));
      else if (code === 0) resolve({ kind: "finished" });
      else if (timedOut) resolve({ kind: "time limit", wallMs });
      else if (signal.aborted || killer === "SIGINT") resolve({ kind: "stopped" });
      else resolve({ kind: "crash", wallMs, how: killer ?? `exit code ${code}`, output: output.trim() });
    });
    // A child that could not be started has no channel, one that dies at once closes it: error and exit tell the story.
    if (child.connected) child.send(request, () => {});
  });
}

function refuse(told: unknown): never {
  const { name, message } = parseData(told, writeFailure, runMessage);
  throw name === "UsageError" ? new UsageError(message) : new DataError(message);
}
