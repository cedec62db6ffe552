import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync } from "node:fs";
import { createServer } from "node:net";
import { parentDeathPrefix } from "../../measure/parent-death.ts";
import type { PostgresBinaries } from "./postgres-binaries.ts";

/** Gives files to the user that the server runs as. */
export function giveToServer({ user }: PostgresBinaries, ...paths: readonly string[]): void {
  if (user) for (const path of paths) chownSync(path, user.uid, user.gid);
}

/** Where a new server's data go, and who may connect. */
export interface NewServer {
  /** Folder of the data; made by initdb. */
  readonly data: string;
  /** Name of the superuser. */
  readonly user: string;
  /** File with its password; the server's user must be able to read it. */
  readonly passwordFile: string;
  /** Leave writing to the kernel, for data that live as long as a run. */
  readonly unsafe: boolean;
}

/** Makes the data of a new server. Resolves early when aborted; rejects with what initdb said. */
export async function initialiseServer(
  { initdb, user: owner }: PostgresBinaries,
  { data, user, passwordFile, unsafe }: NewServer,
  signal: AbortSignal,
): Promise<void> {
  const options = [
    `--pgdata=${data}`,
    `--username=${user}`,
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--locale=C",
    "--encoding=UTF8",
    ...(unsafe ? ["--no-sync"] : []),
  ];
  const program = spawnOwned([initdb, ...options], owner, "KILL");
  let output = "";
  program.stderr.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  const kill = () => program.kill("SIGTERM");
  signal.addEventListener("abort", kill, { once: true });
  // Its folder is removed only when it is gone: what still runs would write it anew.
  const [code] = (await once(program, "close")) as [number | null];
  signal.removeEventListener("abort", kill);
  if (code !== 0 && !signal.aborted) throw new Error(`initdb failed: ${output.trim()}`);
}

/** Starts a server over its data; it is told to end when this process dies. */
export function startServer(
  { postgres, user: owner }: PostgresBinaries,
  data: string,
  port: number,
  settings: Readonly<Record<string, string>>,
): ChildProcess {
  const options = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  return spawnOwned([postgres, "-D", data, "-p", String(port), ...options], owner, "INT");
}

/** Resolves when a server accepts connections; never, if it ends before. */
export function accepting({ stderr }: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    let isReady = false;
    let output = "";
    // What comes later is only read, so that the server can go on writing.
    stderr?.setEncoding("utf8").on("data", (text: string) => {
      if (isReady) return;
      output += text;
      isReady = output.includes("ready to accept connections");
      if (isReady) resolve();
    });
  });
}

/** Finds a port on loopback that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string")
    throw new Error("no free port on loopback; close some");
  return address.port;
}

/** Starts a program as the user it has to run as, and has the kernel signal it when this process dies without a word. */
function spawnOwned(command: readonly string[], owner: PostgresBinaries["user"], signal: "KILL" | "INT") {
  // With `setpriv` in between, it is setpriv that takes the owner's identity.
  const identity = owner
    ? ["--reuid", String(owner.uid), "--regid", String(owner.gid), "--clear-groups"]
    : [];
  const prefix = parentDeathPrefix(signal, identity);
  const [program, ...rest] = [...prefix, ...command] as [string, ...string[]];
  return spawn(program, rest, {
    ...(prefix.length === 0 && owner),
    stdio: ["ignore", "ignore", "pipe"],
  });
}
