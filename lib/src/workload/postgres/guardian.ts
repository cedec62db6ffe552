/**
 * Keeps one PostgreSQL server for the process that forked it, and ends with that process, however it ends: when the
 * channel between them closes, it stops the server and removes its folder. Where the system can, the server is also
 * told when the guardian itself is killed; its folder is then removed by the next guardian.
 *
 *     run ──fork──▶ guardian ──spawn──▶ postgres
 *      │  kill -9      │ disconnect       │ SIGINT
 *      ╳               └─────────────────▶╳ ▶ folder removed
 */
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeOwnedFolder, sweepOwnedFolders } from "../../measure/owned-folder.ts";
import { NotTestableError } from "../../measure/study-error.ts";
import type { GuardianAnswer } from "./guardian-answer.ts";
import { endLeftProcesses } from "./left-processes.ts";
import { postgresBinaries } from "./postgres-binaries.ts";
import { accepting, freePort, giveToServer, initialiseServer, startServer } from "./postgres-process.ts";

const user = "study";

/** Flushing to disk would measure the disk; the data live as long as a run. */
const settings = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  fsync: "off",
  autovacuum: "off",
  max_connections: "20",
  shared_buffers: "16MB",
} as const;

const stopping = new AbortController();
process.on("disconnect", () => stopping.abort());
process.on("message", () => stopping.abort());
// The terminal interrupts everybody at once; it is the parent that decides.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => {});

sweepOwnedFolders();
const folder = makeOwnedFolder("postgres");
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
  giveToServer(binaries, folder, passwordFile);
  await initialiseServer(binaries, { data, user, passwordFile, unsafe: true }, stopping.signal);
  rmSync(passwordFile);
  if (stopping.signal.aborted) return;
  const port = await freePort();
  const server = startServer(binaries, data, port, settings);
  const exited = once(server, "exit");
  try {
    await Promise.race([accepting(server), exited.then(refuse), aborted()]);
    if (stopping.signal.aborted) return;
    answer({ kind: "ready", port, user, password });
    await Promise.race([exited, aborted()]);
  } finally {
    server.kill("SIGINT");
    if (server.exitCode === null && server.signalCode === null) await exited;
    await endLeftProcesses(binaries, data);
  }
}

function refuse(): never {
  throw new Error("PostgreSQL ended while it started; run the experiment again");
}

async function aborted(): Promise<void> {
  if (!stopping.signal.aborted) await once(stopping.signal, "abort");
}

function answer(message: GuardianAnswer): void {
  process.send?.(message, () => {});
}
