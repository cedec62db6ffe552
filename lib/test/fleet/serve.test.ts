import { once } from "node:events";
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { openDatabase } from "../../src/fleet/database/connection.ts";
import { readAddress, writeAddress } from "../../src/fleet/database/credentials.ts";
import { addressIn, type FleetServer, startFleetServer } from "../../src/fleet/fleet-server.ts";
import { complained, scheduling } from "../cli/scheduling.ts";
import { openFolder } from "./fixtures/countdown-fleet.ts";

/** What is done instead of a part of a server's start. */
interface Instead {
  initialise: ((data: string) => Promise<void>) | null;
  accept: (() => Promise<void>) | null;
}
const { instead } = vi.hoisted((): { instead: Instead } => ({ instead: { initialise: null, accept: null } }));
const nothing: Instead = { initialise: null, accept: null };
vi.mock("../../src/workload/postgres/postgres-process.ts", async (original) => {
  const real = await original<typeof import("../../src/workload/postgres/postgres-process.ts")>();
  const initialiseServer: typeof real.initialiseServer = (binaries, server, signal) =>
    instead.initialise?.(server.data) ?? real.initialiseServer(binaries, server, signal);
  const accepting: typeof real.accepting = (server) => instead.accept?.() ?? real.accepting(server);
  return { ...real, initialiseServer, accepting };
});
afterEach(() => void Object.assign(instead, nothing));

function forgetExitCode(): void {
  process.exitCode = undefined;
}

/** A folder for a server, which goes with the test. */
function serverFolder(): string {
  const folder = openFolder();
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "server");
}

async function serve(folder: string, listen?: string): Promise<FleetServer> {
  const request = { folder, ...(listen !== undefined && { listen }) };
  const server = await startFleetServer(request, { signal: new AbortController().signal, tell: () => {} });
  onTestFinished(() => server.stop());
  return server;
}

/** Tells whether somebody listens there, or what the system says. */
async function knock(host: string, port: number): Promise<string> {
  const socket = connect({ host, port });
  const answer = await new Promise<string>((resolve) => {
    socket.once("connect", () => resolve("answers"));
    socket.once("error", ({ code = "" }: NodeJS.ErrnoException) => resolve(code));
  });
  socket.destroy();
  return answer;
}

/** Leaves what initdb has written of a server first. */
function makeHalf(data: string): void {
  writeFileSync(join(data, "PG_VERSION"), "17\n");
}

// On Linux every address of 127.0.0.0/8 is this machine, so that a second one needs no network.
test.skipIf(process.platform !== "linux").each(["0.0.0.0", "127.0.0.2, 0.0.0.0"])(
  "a server that is to listen to all of IPv4 answers on each of its addresses: %s",
  async (listen) => {
    const { url } = await serve(serverFolder(), listen);
    const port = Number(new URL(url).port);
    expect(await knock("127.0.0.1", port)).toBe("answers");
    expect(await knock("127.0.0.2", port)).toBe("answers");
  },
);

const hasIPv6 = (await knock("::1", 1)) === "ECONNREFUSED";

test.skipIf(!hasIPv6)(
  "a server that is to listen to all of IPv6 answers there and to programs of this machine",
  async () => {
    const { url } = await serve(serverFolder(), "::");
    const port = Number(new URL(url).port);
    expect(await knock("::1", port)).toBe("answers");
    expect(await knock("127.0.0.1", port)).toBe("answers");
  },
);

test("a server whose making broke off is made anew, and one that is whole keeps its data and its address", async () => {
  const folder = serverFolder();
  instead.initialise = async (data) => {
    makeHalf(data);
    throw new Error("no more");
  };
  await expect(serve(folder)).rejects.toThrow("no more");
  instead.initialise = null;

  const first = await serve(folder);
  const database = await openDatabase(first.url);
  await database.query("CREATE TABLE kept (it int)");
  await database.close();
  await first.stop();
  expect(readdirSync(folder).sort()).toEqual(["admin.url", "data", "lock"]);
  expect(readAddress(addressIn(folder))).toBe(first.url);

  const again = await serve(folder);
  expect(again.url).toBe(first.url);
  const reopened = await openDatabase(again.url);
  onTestFinished(() => reopened.close());
  expect(await reopened.query("SELECT * FROM kept")).toEqual([]);
});

test.each<[string, Instead]>([
  [
    "is made",
    {
      initialise: async (data) => {
        makeHalf(data);
        process.emit("SIGTERM", "SIGTERM");
      },
      accept: null,
    },
  ],
  [
    "starts",
    {
      initialise: null,
      accept: () => {
        process.emit("SIGTERM", "SIGTERM");
        return new Promise(() => {});
      },
    },
  ],
])(
  "`fleet serve` that is told to stop while its server %s ends in good order, and a later one begins where it was",
  async (_, moment) => {
    const folder = serverFolder();
    onTestFinished(forgetExitCode);
    Object.assign(instead, moment);
    expect(await scheduling("fleet", "serve", "--folder", folder)).toBe(0);
    expect(complained).toBe("");
    Object.assign(instead, nothing);
    const { url } = await serve(folder);
    const database = await openDatabase(url);
    onTestFinished(() => database.close());
    expect(await database.query("SELECT 1 AS it")).toEqual([{ it: 1 }]);
  },
);

test("a signal that comes while the database is prepared ends `fleet serve` in good order", async () => {
  const server = await serve(serverFolder());
  const way = createServer((near) => {
    process.emit("SIGTERM", "SIGTERM");
    const far = connect(Number(new URL(server.url).port), "127.0.0.1");
    near.pipe(far).pipe(near);
    near.on("error", () => far.destroy());
    far.on("error", () => near.destroy());
  }).listen(0, "127.0.0.1");
  await once(way, "listening");
  onTestFinished(() => {
    way.close();
    forgetExitCode();
  });
  const address = way.address();
  if (address === null || typeof address === "string") throw new Error("the way must have a port");
  const file = join(serverFolder(), "..", "admin.url");
  writeAddress(file, Object.assign(new URL(server.url), { port: String(address.port) }).href);
  expect(await scheduling("fleet", "serve", "--database", file)).toBe(0);
});
