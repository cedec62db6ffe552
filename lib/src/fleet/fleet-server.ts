import { once } from "node:events";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { isIPv4 } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Locker, lockFolder } from "../harness/campaign-lock.ts";
import { makeFolder } from "../measure/make-folder.ts";
import { NotTestableError, UsageError } from "../measure/study-error.ts";
import { asideSuffix } from "../tables/write-atomically.ts";
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
 * @throws the signal's reason, when told to stop while the server is made or starts.
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
    if (!existsSync(join(data, "PG_VERSION"))) await makeServer(folder, data, binaries, port, signal);
    const url = movedTo(readAddress(addressIn(folder)), port);
    writeAddress(addressIn(folder), url);
    openTo(data, listen);
    const stopping = new AbortController();
    const start = () =>
      startServer(binaries, data, Number(new URL(url).port), {
        ...settings,
        listen_addresses: addresses(listen),
      });
    // Of a server whose keeper was killed a moment ago: it would hold the port.
    await endLeftProcesses(binaries, data);
    const first = start();
    const stopFirst = () => void first.kill("SIGINT");
    signal.addEventListener("abort", stopFirst);
    await Promise.race([accepting(first), once(first, "exit").then(() => refuse(signal))]);
    signal.removeEventListener("abort", stopFirst);
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

/** Makes a server's data whole or not at all: aside, then its address, then they are renamed into their place. */
async function makeServer(
  folder: string,
  data: string,
  binaries: Binaries,
  asked: number | undefined,
  signal: AbortSignal,
): Promise<void> {
  const aside = `${data}${asideSuffix}`;
  // What an interrupted start left is no server's.
  if (existsSync(aside)) await endLeftProcesses(binaries, aside);
  for (const left of [aside, data]) rmSync(left, { recursive: true, force: true });
  mkdirSync(aside, { mode: 0o700 });
  const password = makePassword();
  const passwordFile = join(folder, "password");
  writeFileSync(passwordFile, password, { mode: 0o600 });
  giveToServer(binaries, aside, passwordFile);
  try {
    await initialiseServer(binaries, { data: aside, user, passwordFile, unsafe: false }, signal);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  // Only now: what is free before the data are made may be somebody's when the server starts.
  const port = asked ?? (await freePort());
  signal.throwIfAborted();
  writeAddress(addressIn(folder), `postgres://${user}:${password}@127.0.0.1:${port}/postgres`);
  renameSync(aside, data);
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

/**
 * Lists what PostgreSQL is to listen on: loopback, too. Of addresses of which one covers another it would take the first alone,
 * and only warn; `::` covers none of IPv4.
 */
function addresses(listen: string): string {
  const asked = listen.split(",").map((address) => address.trim());
  if (asked.includes("*")) return "*";
  if (!asked.includes("0.0.0.0")) return [...new Set(["127.0.0.1", ...asked])].join(",");
  return [...new Set(["0.0.0.0", ...asked.filter((address) => !isIPv4(address))])].join(",");
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

function refuse(signal: AbortSignal): never {
  signal.throwIfAborted();
  throw new UsageError(
    "fleet's server ended while it started: another program may listen on its port, or its disk may be full; choose another port with --port",
  );
}
