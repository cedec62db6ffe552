import { once } from "node:events";
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Locker, lockFolder } from "../harness/campaign-lock.ts";
import { makeFolder } from "../measure/make-folder.ts";
import { NotTestableError, UsageError } from "../measure/study-error.ts";
import { endLeftProcesses } from "../workload/postgres/left-processes.ts";
import { postgresBinaries } from "../workload/postgres/postgres-binaries.ts";
import {
  accepting,
  freePort,
  giveToServer,
  initialiseServer,
  startServer,
} from "../workload/postgres/postgres-process.ts";
import { makePassword, readAddress, writeAddress } from "./database/credentials.ts";

/** Where a fleet's own server lives, and who can reach it. */
export interface ServerRequest {
  readonly folder: string;
  /** Address to listen on; only programs of this machine reach the default. */
  readonly listen?: string;
  readonly port?: number;
}

/** A fleet's own server under way. */
export interface FleetServer {
  /** Of the planner, with its password. */
  readonly url: string;
  /** Stops the server; its data stay. */
  stop(): Promise<void>;
}

const locker: Locker = { noun: "fleet server", whileBusy: "stop it", option: "--folder" };
const user = "fleet_admin";
const addressFile = "admin.url";

/** Names the file with the planner's address within the folder of a server. */
export function addressIn(folder: string): string {
  return join(folder, addressFile);
}

/**
 * Starts the fleet's own PostgreSQL over its folder, new or not, and starts it again whenever it ends.
 *
 * @throws {UsageError} when another server is at work in the folder, or the host cannot run one.
 * @throws {DataError} when the folder cannot be locked.
 */
export async function startFleetServer(
  { folder, listen = "127.0.0.1", port }: ServerRequest,
  { signal, tell }: { readonly signal: AbortSignal; readonly tell: (text: string) => void },
): Promise<FleetServer> {
  makeFolder(folder);
  const unlock = lockFolder(join(folder, "lock"), locker);
  try {
    const binaries = await postgresBinaries(join(folder, "data")).catch((error: unknown) => {
      if (!(error instanceof NotTestableError)) throw error;
      throw new UsageError(
        `fleet's own server cannot run here: ${error.message}; or use another PostgreSQL with --database`,
        { cause: error },
      );
    });
    const data = join(folder, "data");
    const url = existsSync(join(data, "PG_VERSION"))
      ? movedTo(readAddress(addressIn(folder)), port)
      : await makeServer(data, binaries, port ?? (await freePort()), signal);
    writeAddress(addressIn(folder), url);
    openTo(data, listen);
    const stopping = new AbortController();
    const start = () =>
      startServer(binaries, data, Number(new URL(url).port), {
        ...settings,
        listen_addresses: addresses(listen),
      });
    const first = start();
    await Promise.race([accepting(first), once(first, "exit").then(refuse)]);
    const startAnew = async () => {
      await endLeftProcesses(binaries, data);
      return start();
    };
    const kept = keepRunning(first, startAnew, stopping.signal, tell);
    return {
      url,
      stop: async () => {
        stopping.abort();
        await kept;
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

/** Room for a few hundred hosts with two connections each. */
const settings = {
  unix_socket_directories: "",
  max_connections: "1000",
  shared_buffers: "128MB",
  tcp_keepalives_idle: "30",
  tcp_keepalives_interval: "10",
  tcp_keepalives_count: "3",
  password_encryption: "scram-sha-256",
} as const;

type Binaries = Awaited<ReturnType<typeof postgresBinaries>>;
type Server = ReturnType<typeof startServer>;

async function makeServer(
  data: string,
  binaries: Binaries,
  port: number,
  signal: AbortSignal,
): Promise<string> {
  // What an interrupted start left is no server's.
  rmSync(data, { recursive: true, force: true });
  mkdirSync(data, { mode: 0o700 });
  const password = makePassword();
  const passwordFile = join(data, "..", "password");
  writeFileSync(passwordFile, password, { mode: 0o600 });
  giveToServer(binaries, data, passwordFile);
  try {
    await initialiseServer(binaries, { data, user, passwordFile, unsafe: false }, signal);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  return `postgres://${user}:${password}@127.0.0.1:${port}/postgres`;
}

function movedTo(url: string, port: number | undefined): string {
  const moved = new URL(url);
  if (port !== undefined) moved.port = String(port);
  return moved.href;
}

/** Hosts elsewhere prove their password as those on loopback do; nobody is trusted without one. */
function openTo(data: string, listen: string): void {
  const path = join(data, "pg_hba.conf");
  const rules = "host all all 0.0.0.0/0 scram-sha-256\nhost all all ::/0 scram-sha-256\n";
  if (listen !== "127.0.0.1" && !readFileSync(path, "utf8").includes(rules)) appendFileSync(path, rules);
}

function addresses(listen: string): string {
  return listen === "127.0.0.1" ? listen : `127.0.0.1,${listen}`.replace(/^.*\*.*$/, "*");
}

const [shortestPauseMs, longestPauseMs]: readonly [number, number] = [500, 30_000];

async function keepRunning(
  first: Server,
  startAnew: () => Promise<Server>,
  signal: AbortSignal,
  tell: (text: string) => void,
): Promise<void> {
  let server = first;
  for (let pauseMs = shortestPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
    const exited = server.exitCode === null && server.signalCode === null ? once(server, "exit") : undefined;
    const stop = () => server.kill("SIGINT");
    signal.addEventListener("abort", stop, { once: true });
    if (signal.aborted) stop();
    await exited;
    signal.removeEventListener("abort", stop);
    if (signal.aborted) return;
    tell(`PostgreSQL ended (${server.signalCode ?? server.exitCode}); it is started again`);
    await sleep(pauseMs, undefined, { signal }).catch(() => {});
    if (signal.aborted) return;
    server = await startAnew();
    const ready = await Promise.race([
      accepting(server).then(() => true),
      once(server, "exit").then(() => false),
    ]);
    if (ready) pauseMs = shortestPauseMs;
  }
}

function refuse(): never {
  throw new UsageError(
    "fleet's server ended while it started: another program may listen on its port, or its disk may be full; choose another port with --port",
  );
}
