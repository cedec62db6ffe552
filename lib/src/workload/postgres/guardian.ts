/**
 * Keeps one PostgreSQL server for the process that forked it, and ends with that process, however it ends: when the
 * channel between them closes, it stops the server and removes its folder. Where the system can, the server is also
 * told when the guardian itself is killed; its folder is then removed by the next guardian.
 *
 *     run ──fork──▶ guardian ──spawn──▶ postgres
 *      │  kill -9      │ disconnect       │ SIGINT
 *      ╳               └─────────────────▶╳ ▶ folder removed
 */
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chownSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { parentDeathPrefix } from "../../measure/parent-death.ts";
import { NotTestableError } from "../../measure/study-error.ts";
import type { GuardianAnswer } from "./guardian-answer.ts";
import { makeServerFolder, sweepServerFolders } from "./leftovers.ts";
import { type PostgresBinaries, postgresBinaries } from "./postgres-binaries.ts";

const user = "study";

const stopping = new AbortController();
process.on("disconnect", () => stopping.abort());
process.on("message", () => stopping.abort());
// The terminal interrupts everybody at once; it is the parent that decides.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => {});

sweepServerFolders();
const folder = makeServerFolder();
try {
  await guard();
} catch (error) {
  const kind = error instanceof NotTestableError ? "not testable" : "failed";
  if (!stopping.signal.aborted) answer({ kind, reason: (error as Error).message });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
if (process.connected) process.disconnect?.();

async function guard(): Promise<void> {
  const data = join(folder, "data");
  const binaries = await postgresBinaries(folder);
  const password = randomBytes(16).toString("hex");
  const passwordFile = join(folder, "password");
  writeFileSync(passwordFile, password);
  if (binaries.user) {
    for (const path of [folder, passwordFile]) chownSync(path, binaries.user.uid, binaries.user.gid);
  }
  await initialise(binaries, data, passwordFile);
  rmSync(passwordFile);
  if (stopping.signal.aborted) return;
  const port = await freePort();
  const server = startServer(binaries, data, port);
  const exited = once(server, "exit");
  try {
    await Promise.race([accepting(server), exited.then(refuse), aborted()]);
    if (stopping.signal.aborted) return;
    answer({ kind: "ready", port, user, password });
    await Promise.race([exited, aborted()]);
  } finally {
    server.kill("SIGINT");
    if (server.exitCode === null && server.signalCode === null) await exited;
  }
}

async function initialise({ initdb, user: owner }: PostgresBinaries, data: string, passwordFile: string) {
  const options = [
    `--pgdata=${data}`,
    `--username=${user}`,
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--locale=C",
    "--encoding=UTF8",
    "--no-sync",
  ];
  const program = spawnOwned([initdb, ...options], owner, "KILL");
  let output = "";
  program.stderr.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  const kill = () => program.kill("SIGTERM");
  stopping.signal.addEventListener("abort", kill, { once: true });
  // Its folder is removed only when it is gone: what still runs would write it anew.
  const [code] = (await once(program, "close")) as [number | null];
  if (code !== 0 && !stopping.signal.aborted) throw new Error(`initdb failed: ${output.trim()}`);
}

/** Flushing to disk would measure the disk; the data live as long as a run. */
function startServer({ postgres, user: owner }: PostgresBinaries, data: string, port: number): ChildProcess {
  const options = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    fsync: "off",
    autovacuum: "off",
    max_connections: "20",
    shared_buffers: "16MB",
  };
  const command = [
    postgres,
    "-D",
    data,
    "-p",
    String(port),
    ...Object.entries(options).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
  ];
  return spawnOwned(command, owner, "INT");
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

function accepting({ stderr }: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    let output = "";
    stderr?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      if (output.includes("ready to accept connections")) resolve();
    });
  });
}

function refuse(): never {
  throw new Error("PostgreSQL ended while it started; run the experiment again");
}

async function aborted(): Promise<void> {
  if (!stopping.signal.aborted) await once(stopping.signal, "abort");
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string")
    throw new Error("no free port on loopback; close some");
  return address.port;
}

function answer(message: GuardianAnswer): void {
  process.send?.(message, () => {});
}
