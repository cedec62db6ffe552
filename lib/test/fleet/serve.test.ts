import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { openDatabase } from "../../src/fleet/database/connection.ts";
import { readAddress, writeAddress } from "../../src/fleet/database/credentials.ts";
import { addressIn, type FleetServer, startFleetServer } from "../../src/fleet/fleet-server.ts";
import { complained, scheduling } from "../cli/scheduling.ts";
import { openFolder } from "./fixtures/countdown-fleet.ts";

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

/** Waits until the data of a server that is being made are there in part. */
async function untilHalfMade(folder: string): Promise<void> {
  const hasBegun = () =>
    existsSync(folder) &&
    readdirSync(folder, { recursive: true, encoding: "utf8" }).some((path) => path.endsWith("PG_VERSION"));
  while (!hasBegun()) await sleep(1);
}

// On Linux every address of 127.0.0.0/8 is this machine, so that a second one needs no network.
test.skipIf(process.platform !== "linux")(
  "a server that is to listen to all of IPv4 answers on each of its addresses",
  async () => {
    const { url } = await serve(serverFolder(), "0.0.0.0");
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

test("a server whose making was killed is made anew, and one that is whole keeps its data and its address", async () => {
  const folder = serverFolder();
  const making = spawn(process.execPath, [join(import.meta.dirname, "fixtures", "serve-until-killed.ts")], {
    env: { ...process.env, SERVER_FOLDER: folder },
    stdio: "ignore",
  });
  const ended = once(making, "exit");
  await untilHalfMade(folder);
  making.kill("SIGKILL");
  await ended;

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

test("`fleet serve` that is told to stop while its server is made leaves nothing that a later one takes for a server", async () => {
  const folder = serverFolder();
  onTestFinished(forgetExitCode);
  const serving = scheduling("fleet", "serve", "--folder", folder);
  await untilHalfMade(folder);
  process.emit("SIGTERM", "SIGTERM");
  expect(await serving).toBe(0);
  expect(complained).toBe("");
  const { url } = await serve(folder);
  const database = await openDatabase(url);
  onTestFinished(() => database.close());
  expect(await database.query("SELECT 1 AS it")).toEqual([{ it: 1 }]);
});

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
