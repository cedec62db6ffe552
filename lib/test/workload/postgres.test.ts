import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { expect, onTestFinished, type TestContext, test } from "vitest";
import { NotTestableError } from "../../src/measure/study-error.ts";
import { postgresBinaries } from "../../src/workload/postgres/postgres-binaries.ts";
import { type PostgresServer, startPostgres } from "../../src/workload/postgres/start-postgres.ts";
import { canCount, childrenOf, hasEnded } from "../faults/marked-processes.ts";

type Connection = PostgresServer["connection"];

test("answers queries on loopback, and leaves neither process nor folder when stopped", async (context) => {
  const server = await startedOrSkipped(context, startPostgres);
  const { folder, pid } = await traces(server.connection);
  expect([existsSync(folder), runs(pid)]).toEqual([true, true]);
  await server.stop();
  expect([existsSync(folder), runs(pid)]).toEqual([false, false]);
});

test("two servers of one process do not meet", async (context) => {
  const [one, other] = await startedOrSkipped(context, () => Promise.all([startPostgres(), startPostgres()]));
  expect(one.connection.port).not.toBe(other.connection.port);
  await Promise.all([one.stop(), other.stop()]);
});

test("leaves neither process nor folder when its owner is killed without a word", async (context) => {
  const { owner, connection } = await startedOrSkipped(context, startOwner);
  const { folder, pid } = await traces(connection);
  owner.kill("SIGKILL");
  await once(owner, "exit");
  await expect(gone(folder, pid)).resolves.toBeUndefined();
});

test.runIf(canCount)(
  "a server that is killed takes with it those of its processes that cannot notice, and its owner hears of the end",
  async (context) => {
    const { owner, connection } = await startedOrSkipped(context, startOwner);
    const { folder, pid } = await traces(connection);
    const [deaf = 0] = childrenOf(pid);
    process.kill(deaf, "SIGSTOP");
    process.kill(pid, "SIGKILL");
    await once(owner, "exit");
    expect([existsSync(folder), runs(pid)]).toEqual([false, false]);
    expect(hasEnded(deaf)).toBe(true);
  },
);

test("where its programs do not load, as without its install script, it is not testable, and the remedy is named", async () => {
  const folder = mkdtempSync(join(tmpdir(), "postgres-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const program = join(folder, "initdb");
  writeFileSync(
    program,
    '#!/bin/sh\necho "error while loading shared libraries: libpq.so.5" >&2\nexit 127\n',
    {
      mode: 0o755,
    },
  );
  const name = join(folder, "index.mjs");
  writeFileSync(name, `export const initdb = ${JSON.stringify(program)}, postgres = initdb;`);
  const found = postgresBinaries(folder, name);
  await expect(found).rejects.toThrow(NotTestableError);
  await expect(found).rejects.toThrow(
    `PostgreSQL does not start: error while loading shared libraries: libpq.so.5; let its install script run: npm rebuild --ignore-scripts=false ${name}`,
  );
});

async function startOwner(): Promise<{ owner: ChildProcess; connection: Connection }> {
  const owner = fork(join(import.meta.dirname, "fixtures", "postgres-owner.ts"), { stdio: "pipe" });
  let output = "";
  owner.stderr?.on("data", (text) => {
    output += String(text);
  });
  const ended = once(owner, "exit").then(() => {
    throw output.includes("NotTestableError") ? new NotTestableError(output) : new Error(output);
  });
  const [connection] = await Promise.race([once(owner, "message"), ended]);
  ended.catch(() => {});
  return { owner, connection: connection as Connection };
}

async function startedOrSkipped<T>(context: TestContext, start: () => Promise<T>): Promise<T> {
  try {
    return await start();
  } catch (error) {
    if (error instanceof NotTestableError) context.skip(error.message);
    throw error;
  }
}

/** What a server would leave behind: the folder of the run, and the server's process. */
async function traces(connection: Connection): Promise<{ folder: string; pid: number }> {
  const client = new pg.Client(connection);
  // A server that is stopped from elsewhere ends its connections with an error.
  client.on("error", () => {});
  await client.connect();
  const { rows } = await client.query<{ data_directory: string }>("SHOW data_directory");
  await client.end();
  const data = String(rows[0]?.data_directory);
  const pid = Number(readFileSync(join(data, "postmaster.pid"), "utf8").split("\n")[0]);
  return { folder: dirname(data), pid };
}

/** Resolves once both are gone; the test's own limit ends a wait in vain. */
async function gone(folder: string, pid: number): Promise<void> {
  while (existsSync(folder) || runs(pid)) await delay(20);
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
